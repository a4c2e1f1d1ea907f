import { useEffect, useState } from 'react';

/** Whole seconds since a moment (Date.now), counting. */
export const useSeconds = (sinceMs: number): number => {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), 250);
    return () => clearInterval(timer);
  }, [sinceMs]);
  return Math.max(0, Math.floor((nowMs - sinceMs) / 1000));
};
