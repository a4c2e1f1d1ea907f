import type { Logger } from '../base/logger.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { AppEvents } from './appEvents.ts';

/** Takes in what other programs add to the pipeline's tables while the store is open. */
export interface Newcomers {
  /** Looks every minute from now on. */
  start(): void;
  /** Looks now; resolves with how many were taken in. Never throws: trouble is told, and the next look tries again. */
  look(): Promise<number>;
  dispose(): Promise<void>;
}

interface NewcomersParts {
  readonly store: Pick<Store, 'assets'>;
  readonly events: AppEvents;
  readonly logger: Logger;
  /** Default: a minute. A look at a store that nobody has written to takes 0.1 ms, else 80 ms a 100 000 assets. */
  readonly everyMs?: number;
}

export const createNewcomers = ({ store, events, logger, everyMs = 60_000 }: NewcomersParts): Newcomers => {
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<number> | null = null;
  let lastTrouble: string | null = null;

  const lookOnce = async (): Promise<number> => {
    try {
      const added = await store.assets.adoptNew();
      lastTrouble = null;
      if (added > 0) events.assetsChanged([]);
      return added;
    } catch (error) {
      logger.error({ err: error }, 'new rows of the pipeline could not be taken in');
      const trouble = error instanceof Error ? error.message : String(error);
      if (trouble !== lastTrouble) events.notice('warning', `What the pipeline has added could not be taken in; it is tried again. ${trouble}`);
      lastTrouble = trouble;
      return 0;
    }
  };

  const look = (): Promise<number> => {
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
