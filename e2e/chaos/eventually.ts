import { setTimeout as wait } from 'node:timers/promises';

const pauseMs = 150;

/** Tries again while servers come and go: what the pipeline's own services do. @throws the last error once the time is over */
export const eventually = async <T>(work: () => Promise<T>, withinMs = 120_000): Promise<T> => {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
      await wait(pauseMs);
    }
  }
};
