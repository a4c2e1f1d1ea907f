import type { Logger } from '../base/logger.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { AppEvents } from './appEvents.ts';
import { createRegularLook, type RegularLook } from './regularLook.ts';

/** Tells screens that another process (a second window, the command line, a pipeline) has written to the store. A look resolves with whether something was told. */
export type OtherWriters = RegularLook<boolean>;

interface OtherWritersParts {
  readonly store: Pick<Store, 'changedElsewhere'>;
  readonly events: AppEvents;
  readonly logger: Logger;
  /** Default 1500: soon enough for two people on one store, and however much another process writes, screens are read anew no more often. */
  readonly everyMs?: number;
}

/** What was written is not known, so that anything may have changed; own writes are told by those who make them. */
export const createOtherWriters = ({ store, events, logger, everyMs = 1500 }: OtherWritersParts): OtherWriters => {
  let isInTrouble = false;

  const lookOnce = async (): Promise<boolean> => {
    try {
      const isChanged = await store.changedElsewhere();
      isInTrouble = false;
      if (isChanged) events.assetsChanged([]);
      return isChanged;
    } catch (error) {
      if (!isInTrouble) logger.error({ err: error }, 'whether other programs have written to the store could not be seen');
      isInTrouble = true;
      return false;
    }
  };

  return createRegularLook(lookOnce, everyMs);
};
