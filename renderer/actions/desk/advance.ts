import { sameAsset, type Asset, type AssetRef, type AssetState } from '../../../shared/domain/asset.ts';
import { core } from '../../bridge/core.ts';
import { assetAt, assetAtRow, indexInQueue, isLeaving, useQueue } from '../../stores/queue.ts';
import { asAssetFilter } from '../../stores/queueFilter.ts';
import { onTrail, useSelection } from '../../stores/selection.ts';

/** States that still want a verdict: those the list is filtered by, else what is to review. */
const openStates = (): AssetState[] => {
  const { state } = useQueue.getState().filter;
  return [state ?? 'to_review'];
};

/** Among the rows that are read, from a row down; undefined where the answer lies beyond them. */
const nextAmongRows = (row: number, after: AssetRef): Asset | undefined => {
  const states = openStates();
  for (let asset = assetAt(row); asset !== null; asset = assetAt(++row)) {
    if (states.includes(asset.state) && !sameAsset(asset, after)) return asset;
  }
  return undefined;
};

/** More verdicts are hardly on their way to the core at once. */
const mostPassed = 20;

/** Items that were judged a moment ago are still open to the core, and passed over. */
const nextFromCore = async (after: AssetRef): Promise<Asset | null> => {
  const { filter, sort } = useQueue.getState();
  let from: AssetRef = after;
  for (let passed = 0; passed < mostPassed; passed++) {
    const found = await core().queue.nextOpen({
      filter: asAssetFilter(filter),
      sort,
      after: { kind: from.kind, id: from.id },
      states: openStates(),
      direction: 1,
    });
    if (found === null || sameAsset(found.asset, after)) return null;
    if (!isLeaving(found.asset)) return found.asset;
    from = found.asset;
  }
  return null;
};

/**
 * The next item after this one that wants a verdict, from the top again at the end; null when there is no other. Where the rows below are
 * read, which they are around the item in hand, the answer is there before the next key.
 */
export const nextOpen = (after: AssetRef): Promise<Asset | null> => {
  const row = indexInQueue(after);
  const below = row === -1 ? undefined : nextAmongRows(row + 1, after);
  return below === undefined ? nextFromCore(after) : Promise.resolve(below);
};

/** Whether there is a row before or after the item in hand. */
export const hasNeighbour = (step: -1 | 1): boolean => {
  const { item } = useSelection.getState();
  const { total } = useQueue.getState();
  const row = item === null ? -1 : indexInQueue(item);
  if (row === -1) return total > 0;
  return row + step >= 0 && row + step < total;
};

/** The row before or after the item in hand; the first row when it is not in the list. */
export const neighbour = async (step: -1 | 1): Promise<Asset | null> => {
  const { item } = useSelection.getState();
  const row = item === null ? -1 : indexInQueue(item);
  return assetAtRow(row === -1 ? 0 : row + step);
};

/** Whether the item in hand is one that was gone back to and that the list no longer has: forward is then along the trail. */
export const isBackOnTrail = (): boolean => {
  const { item } = useSelection.getState();
  return item !== null && indexInQueue(item) === -1 && onTrail(1) !== null;
};
