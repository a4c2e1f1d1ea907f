/** One look at a time, when asked for and every so often. */
export interface RegularLook<Seen> {
  /** Looks regularly from now on. */
  start(): void;
  /** Looks now; one that is under way already answers for both. */
  look(): Promise<Seen>;
  /** Resolves when the look in hand has ended. */
  dispose(): Promise<void>;
}

/** @param lookOnce never throws: nobody waits for the regular ones */
export const createRegularLook = <Seen>(lookOnce: () => Promise<Seen>, everyMs: number): RegularLook<Seen> => {
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<Seen> | null = null;
  const look = (): Promise<Seen> => {
    looking ??= lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  };
  return {
    look,
    start: () => {
      timer ??= setInterval(() => void look(), everyMs).unref();
    },
    dispose: async () => {
      if (timer !== null) clearInterval(timer);
      await looking;
    },
  };
};
