/** So many at once; who adds one more waits until one has ended. */
export interface InFlight {
  /** Resolves once it is under way. @throws what an earlier one threw: nothing goes on after that */
  add(work: () => Promise<void>): Promise<void>;
  /** Resolves when none is under way. @throws as add */
  settled(): Promise<void>;
  /** As settled, whatever became of them. */
  ended(): Promise<void>;
}

export const limitInFlight = (atOnce: number): InFlight => {
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;
  const throwFailure = (): void => {
    if (failure !== null) throw failure.error;
  };
  const ended = async (): Promise<void> => {
    await Promise.all(running);
  };
  return {
    add: async (work) => {
      throwFailure();
      while (running.size >= atOnce) await Promise.race(running);
      throwFailure();
      const one: Promise<void> = work()
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => running.delete(one));
      running.add(one);
    },
    settled: async () => {
      await ended();
      throwFailure();
    },
    ended,
  };
};
