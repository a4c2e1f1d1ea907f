import { setTimeout as wait } from 'node:timers/promises';

const pauseMs = 150;

/** Tries again while servers come and go: what the pipeline's own services do. @throws the last error once the time is over */
export const eventually = async <T>(work: () => Promise<T>, withinMs = 120_000): Promise<T> => {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      // A statement that is wrong stays wrong (SQLSTATE class 42).
      if (performance.now() > deadlineMs || /^42/.test(String((error as { readonly code?: unknown }).code))) throw error;
      await wait(pauseMs);
    }
  }
};
