const tellEveryMs = 1000;

/**
 * Lets through one step a second of a phase, its last one, and the first of each phase: a log of a long work stays short.
 * @param total null: not known yet
 */
export const createThrottle = (nowMs: () => number = () => performance.now()): ((phase: string, done: number, total: number | null) => boolean) => {
  let lastMs = -Infinity;
  let lastPhase = '';
  return (phase, done, total) => {
    const atMs = nowMs();
    if (phase === lastPhase && done !== total && atMs - lastMs < tellEveryMs) return false;
    lastMs = atMs;
    lastPhase = phase;
    return true;
  };
};
