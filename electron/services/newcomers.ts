import type { Logger } from '../base/logger.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { AppEvents } from './appEvents.ts';
import { createRegularLook, type RegularLook } from './regularLook.ts';

/**
 * Takes in what other programs add to the pipeline's tables while the store is open. A look resolves with how many were taken in; trouble is told,
 * and the next look tries again.
 */
export type Newcomers = RegularLook<number>;

interface NewcomersParts {
  readonly store: Pick<Store, 'assets'>;
  readonly events: AppEvents;
  readonly logger: Logger;
  /** Default: a minute. A look at a store that nobody has written to takes 0.1 ms, else 80 ms a 100 000 assets. */
  readonly everyMs?: number;
}

export const createNewcomers = ({ store, events, logger, everyMs = 60_000 }: NewcomersParts): Newcomers => {
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
      if (trouble !== lastTrouble) events.notice('warning', `What the pipeline has added could not be taken in; it is tried again. ${trouble}`, 'newcomers_stopped');
      lastTrouble = trouble;
      return 0;
    }
  };

  return createRegularLook(lookOnce, everyMs);
};
