import { sameAsset, type Asset, type AssetRef, type AssetState } from '../../../shared/domain/asset.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import { othersAtWork, takenBy, useLeases } from '../../stores/leases.ts';
import { assetAt, assetAtRow, indexInQueue, useQueue } from '../../stores/queue.ts';
import { useOffline, waitingVerdict } from '../../stores/offline.ts';
import { onTrail, useSelection } from '../../stores/selection.ts';
import { dropAhead, keepAhead, takeItem, takeNextItem } from './holdItems.ts';

/** States that still want a verdict: those the list is filtered by, else what is to review. */
const openStates = (): AssetState[] => {
  const { state } = useQueue.getState().filter;
  return [state ?? 'to_review'];
};

/** Among the rows that are read, from a row down, passing over what others have; null where the answer lies beyond them. */
const nextAmongRows = (row: number, after: AssetRef): Asset | null => {
  const states = openStates();
  const { items } = useOffline.getState();
  for (let asset = assetAt(row); asset !== null; asset = assetAt(++row)) {
    if (states.includes(asset.state) && !sameAsset(asset, after) && takenBy(asset) === undefined && waitingVerdict(items, asset) === undefined) return asset;
  }
  return null;
};

const wantedAfter = (after: AssetRef) => {
  const row = indexInQueue(after);
  return { after, first: row === -1 ? null : nextAmongRows(row + 1, after), states: openStates() };
};

/** Nobody can be asked who has what. */
const outages = ['offline', 'store_unreachable', 'blobs_unreachable', 'store_locked'] as const;

/**
 * The next item after this one that wants a verdict and that nobody else has, from the top again at the end; null when there is no other. It is
 * this desk's when it comes. While the core can't be asked, what is read of the list goes on.
 */
export const nextOpen = async (after: AssetRef): Promise<Asset | null> => {
  const wanted = wantedAfter(after);
  try {
    return await takeNextItem(wanted);
  } catch (error) {
    if (wanted.first !== null && outages.some((code) => isExpected(error, code))) return nextAmongRows(indexInQueue(after) + 1, after);
    throw error;
  }
};

/** Has the next one kept for this desk, where the item in hand wants a verdict itself: whoever only looks keeps nothing from others. */
export const keepNext = async (item: Asset): Promise<Asset | null> => {
  if (openStates().includes(item.state) && takenBy(item) === undefined) return keepAhead(wantedAfter(item));
  dropAhead();
  return null;
};

/** Why there is no next one. @param alone what to say where nobody else is at work */
export const nothingLeft = (alone: string): string => {
  const others = [...othersAtWork(useLeases.getState().byAsset).keys()];
  if (others.length === 0) return alone;
  return `Nothing in this list is left for you: the rest has a verdict, or is with ${others.join(', ')}.`;
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

/** The first of the rows from one on, before another, that nobody else has, taken; null: there is none. */
const takeRow = async (from: number, before: number): Promise<Asset | null> => {
  for (let row = from; row < before; row++) {
    const asset = await assetAtRow(row);
    if (asset === null) return null;
    if (takenBy(asset) !== undefined) continue;
    const lease = await takeItem(asset);
    if (lease?.isMine !== false) return asset;
  }
  return null;
};

const rowInHand = (): number => {
  const { item } = useSelection.getState();
  return item === null ? -1 : indexInQueue(item);
};

/** The next row that nobody else has, taken; null: there is none. */
export const takeNeighbour = (): Promise<Asset | null> => takeRow(rowInHand() + 1, Infinity);

/** The same, from the top again at the end, up to the item in hand. */
export const takeNeighbourAround = async (): Promise<Asset | null> => (await takeNeighbour()) ?? takeRow(0, rowInHand());

/** Whether the item in hand is one that was gone back to and that the list no longer has: forward is then along the trail. */
export const isBackOnTrail = (): boolean => {
  const { item } = useSelection.getState();
  return item !== null && indexInQueue(item) === -1 && onTrail(1) !== null;
};
