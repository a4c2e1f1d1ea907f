import { setImmediate as nextTurn } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { assetKey, type AssetRef } from '../../shared/domain/asset.ts';
import type { RevisionId } from '../../shared/domain/ids.ts';
import type { Revision } from '../../shared/domain/revision.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { changeOf } from '../../shared/metrics/changeOf.ts';
import { countOverlapInSteps } from '../../shared/metrics/compareRle.ts';
import type { Overlap } from '../../shared/metrics/overlap.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { AppEvents } from './appEvents.ts';
import type { ComparisonService, PixelService } from './services.ts';

interface ComparisonParts {
  readonly store: Pick<Store, 'revisions'>;
  readonly pixels: Pick<PixelService, 'maskRle'>;
  readonly events: AppEvents;
  readonly logger: Logger;
  /** A store that is only looked at: nothing is measured ahead. */
  readonly readOnly: boolean;
}

/** Others have their turn between two steps. */
const overlapOf = async (first: Uint8Array, second: Uint8Array): Promise<Overlap> => {
  const steps = countOverlapInSteps(first, second);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await nextTurn();
  }
};

/**
 * Masks are compared run by run, so what takes time is reading them, which happens off this thread and is shared with the desk through the
 * pixel service's cache.
 */
export const createComparisonService = ({ store, pixels, events, logger, readOnly }: ComparisonParts): ComparisonService & Disposable => {
  const queue = new PQueue({ concurrency: 1 });
  /** Being measured, or could not be: each is tried once a session. */
  const tried = new Set<RevisionId>();
  let disposed = false;

  const sizeOf = async (revisionId: RevisionId): Promise<string> => {
    const revision = await store.revisions.get(revisionId);
    if (revision === null) throw new ExpectedError('not_found', 'That version of the mask is not in this store.');
    return `${revision.widthPx} x ${revision.heightPx}`;
  };

  const compare: ComparisonService['compare'] = async (a, b) => {
    const [sizeA, sizeB] = await Promise.all([sizeOf(a), sizeOf(b)]);
    if (sizeA !== sizeB) {
      throw new ExpectedError('mask_size_mismatch', `One mask is ${sizeA}, the other ${sizeB} pixels: the photo was replaced between them, so they can't be compared.`);
    }
    const [first, second] = await Promise.all([pixels.maskRle(a), pixels.maskRle(b)]);
    const overlap = await overlapOf(first, second);
    return changeOf(overlap);
  };

  const measure = async (asset: AssetRef, revisions: readonly Revision[]): Promise<void> => {
    let measured = 0;
    for (const { revisionId, parentId } of revisions) {
      if (disposed || parentId === null) return;
      try {
        await store.revisions.setIouToParent(revisionId, (await compare(parentId, revisionId)).iou);
        measured++;
      } catch (error) {
        // One that can't be read says so when it is opened; the others are still worth knowing.
        if (!disposed) logger.warn({ err: error, revisionId, asset: assetKey(asset) }, 'a mask could not be compared with the one before it');
      }
    }
    if (measured > 0) events.assetsChanged([asset]);
  };

  return {
    compare,
    measureLater: (revisions) => {
      if (readOnly || disposed) return;
      const missing = revisions.filter(({ revisionId, parentId, iouToParent }) => parentId !== null && iouToParent === null && !tried.has(revisionId));
      const asset = missing[0]?.asset;
      if (asset === undefined) return;
      for (const { revisionId } of missing) tried.add(revisionId);
      void queue.add(() => measure(asset, missing));
    },
    dispose: async () => {
      disposed = true;
      queue.clear();
      await queue.onIdle();
    },
  };
};
