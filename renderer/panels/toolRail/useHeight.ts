import { useLayoutEffect, useState, type RefObject } from 'react';

/** Of an element, CSS pixels, kept up to date; before it has been measured as much as anything needs. */
export const useHeight = (element: RefObject<HTMLElement | null>): number => {
  const [heightPx, setHeightPx] = useState(Infinity);
  useLayoutEffect(() => {
    const measured = element.current;
    if (measured === null) return undefined;
    const measure = (): void => setHeightPx(measured.clientHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return heightPx;
};
