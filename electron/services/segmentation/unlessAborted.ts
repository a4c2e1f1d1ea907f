/** Waits for the work, or only until the signal fires; the work goes on then. @throws what the work throws */
export const unlessAborted = (work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      signal?.removeEventListener('abort', end);
      resolve();
    };
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener('abort', end, { once: true });
    work.then(end, (error: unknown) => {
      signal?.removeEventListener('abort', end);
      reject(error);
    });
  });
