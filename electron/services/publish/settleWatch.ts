import type { Logger } from '../../base/logger.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { LookTiming } from '../../../shared/ports/store/placementStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { createRegularLook, type RegularLook } from '../regularLook.ts';
import { settlePlacement } from './settlePlacement.ts';

export interface SettleReport {
  readonly looked: number;
  /** Stable paths where an older write had landed, and which hold the right mask again. */
  readonly mended: readonly string[];
}

/** Looks at stable paths on which a write may still land late, until none can. A look never throws: what could not be looked at is looked at again. */
export type SettleWatch = RegularLook<SettleReport>;

/** 15 minutes: requests older than that are refused by S3 by their signature's time, however long they were under way. */
export const standardLatenessMs = 15 * 60_000;

interface SettleParts {
  readonly store: Pick<Store, 'publications' | 'placements' | 'assets'>;
  readonly blobs: BlobStore;
  readonly logger: Logger;
  readonly latenessMs?: number;
  /** Default: 2 s. A look when nothing is due is one small read. */
  readonly everyMs?: number;
}

/** Any number of processes may watch one store: each path's look is given to one of them. */
export const createSettleWatch = ({ store, blobs, logger, latenessMs = standardLatenessMs, everyMs = 2_000 }: SettleParts): SettleWatch => {
  const timing: LookTiming = { latenessMs, firstPauseMs: 5_000, longestPauseMs: 60_000 };

  const lookOnce = async (): Promise<SettleReport> => {
    const mended: string[] = [];
    let looked = 0;
    try {
      for (;;) {
        const placement = await store.placements.claimDue(timing);
        if (placement === null) break;
        looked++;
        if (await settlePlacement(store, blobs, placement)) {
          mended.push(placement.stablePath);
          logger.warn({ asset_id: placement.asset.id, path: placement.stablePath }, 'an older write had landed over a published mask; the right one is in its place again');
        } else if (placement.isOver) await store.placements.forget(placement);
      }
    } catch (error) {
      logger[isExpected(error) ? 'warn' : 'error']({ err: error }, 'a stable path could not be looked at; it is tried again');
    }
    return { looked, mended };
  };

  return createRegularLook(lookOnce, everyMs);
};
