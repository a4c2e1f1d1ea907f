import { setTimeout as wait } from 'node:timers/promises';

const pauseMs = 150;

/** A statement that is wrong stays wrong (SQLSTATE class 42). */
const isPassing = (error: unknown): boolean => !/^42/.test(String((error as { readonly code?: unknown }).code));
const withinMs = 120_000;

/** Tries again while servers come and go: what the pipeline's own services do. @throws an error that does not pass, or the last one once the time is over */
export const eventually = async <T>(work: () => Promise<T>, mayPass: (error: unknown) => boolean = isPassing, forMs = withinMs): Promise<T> => {
  const deadlineMs = performance.now() + forMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadlineMs || !mayPass(error)) throw error;
      await wait(pauseMs);
    }
  }
};
