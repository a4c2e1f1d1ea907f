import type { Clock } from '../../../shared/ports/clock.ts';

/** Time that only a test moves, and ids that tell in which order they were made. Every process of a test needs its own `idPrefix`. */
export interface TestClock extends Clock {
  advance(durationMs: number): void;
}

export const createTestClock = (idPrefix = 0, startMs = Date.UTC(2026, 0, 2, 3, 4, 5)): TestClock => {
  let nowMs = startMs;
  let made = 0;
  return {
    nowMs: () => nowMs,
    uuid: () => `${idPrefix.toString(16).padStart(8, '0')}-0000-4000-8000-${(made++).toString(16).padStart(12, '0')}`,
    advance: (durationMs) => {
      nowMs += durationMs;
    },
  };
};
