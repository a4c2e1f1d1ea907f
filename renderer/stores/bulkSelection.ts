import { create } from 'zustand';
import { assetKey, sameAsset, type Asset, type AssetRef } from '../../shared/domain/asset.ts';
import type { RevisionId } from '../../shared/domain/ids.ts';
import { assetAt, assetsBetween, assetsFromTop, indexInQueue, useQueue } from './queue.ts';
import { useSelection } from './selection.ts';

/** One of several items that are chosen together, with the mask that was to be seen then: a verdict says that it is about that one. */
export interface ChosenItem {
  readonly asset: AssetRef;
  readonly expectedHead: RevisionId | null;
}

interface Spot {
  readonly asset: AssetRef;
  readonly row: number;
}

interface BulkSelection {
  readonly chosen: ReadonlyMap<string, ChosenItem>;
  /** Where a range begins. */
  readonly anchor: Spot | null;
  /** The row that the keyboard is on, where that is not the item in hand. */
  readonly cursor: Spot | null;
  /** Whether rows are still being read for the choice. */
  readonly isReading: boolean;
}

/** More are judged in several goes; the core takes no more at once. */
export const mostChosen = 10_000;

const nothing: BulkSelection = { chosen: new Map(), anchor: null, cursor: null, isReading: false };

export const useBulkSelection = create<BulkSelection>(() => nothing);

const asChosen = ({ kind, id, headRevisionId }: Asset): ChosenItem => ({ asset: { kind, id }, expectedHead: headRevisionId });
const spotOf = (asset: AssetRef, row: number): Spot => ({ asset: { kind: asset.kind, id: asset.id }, row });

/** A spot's row by now. */
const rowOf = ({ asset, row }: Spot): number => {
  const now = indexInQueue(asset);
  return now === -1 ? row : now;
};

const itemInHand = (): Spot | null => {
  const { item } = useSelection.getState();
  const row = item === null ? -1 : indexInQueue(item);
  return item === null || row === -1 ? null : spotOf(item, row);
};

/** Row that the keyboard is on; -1 where it is on none. */
export const cursorRow = (): number => {
  const spot = useBulkSelection.getState().cursor ?? itemInHand();
  return spot === null ? -1 : rowOf(spot);
};

/** Choices are counted from two up: one alone is just the item. */
export const isSeveral = (): boolean => useBulkSelection.getState().chosen.size > 0;

export const clearChosen = (): void => useBulkSelection.setState(nothing);

export const setCursor = (asset: AssetRef, row: number): void => useBulkSelection.setState({ cursor: spotOf(asset, row) });

/** One row more or less. The first choice takes the item in hand along only where it is that row. */
export const toggleChosen = (asset: Asset, row: number): void =>
  useBulkSelection.setState(({ chosen }) => {
    const next = new Map(chosen);
    if (!next.delete(assetKey(asset)) && next.size < mostChosen) next.set(assetKey(asset), asChosen(asset));
    const spot = spotOf(asset, row);
    return { chosen: next, anchor: spot, cursor: spot };
  });

/** Answers to older questions are dropped. */
let question = 0;

const chooseThose = async (read: () => Promise<readonly Asset[]>, rest: Partial<BulkSelection>): Promise<void> => {
  const asked = ++question;
  useBulkSelection.setState({ ...rest, isReading: true });
  try {
    const assets = await read();
    if (asked !== question) return;
    useBulkSelection.setState({ chosen: new Map(assets.map((asset) => [assetKey(asset), asChosen(asset)])) });
  } finally {
    if (asked === question) useBulkSelection.setState({ isReading: false });
  }
};

/** From where the range began, else the item in hand, to a row. @returns how many there were too many */
export const chooseTo = async (row: number): Promise<number> => {
  const { total } = useQueue.getState();
  const anchor = useBulkSelection.getState().anchor ?? itemInHand();
  const start = anchor === null ? 0 : rowOf(anchor);
  const end = Math.max(0, Math.min(total - 1, row));
  const length = Math.abs(end - start) + 1;
  const last = length <= mostChosen ? end : start + Math.sign(end - start) * (mostChosen - 1);
  const first = assetAt(start);
  const under = assetAt(last);
  await chooseThose(() => assetsBetween(Math.min(start, last), Math.max(start, last)), {
    ...(anchor === null && first !== null ? { anchor: spotOf(first, start) } : { anchor }),
    ...(under === null ? {} : { cursor: spotOf(under, last) }),
  });
  return length - Math.min(length, mostChosen);
};

/** Everything that the filter lets through, worst first as listed, up to {@link mostChosen}. @returns how many there were too many */
export const chooseAll = async (): Promise<number> => {
  const { total } = useQueue.getState();
  await chooseThose(() => assetsFromTop(mostChosen), {});
  return Math.max(0, total - mostChosen);
};

// The keyboard's own row is forgotten when the person takes another item in hand.
useSelection.subscribe(({ item }) => {
  const { cursor, chosen } = useBulkSelection.getState();
  if (cursor === null || chosen.size > 0 || (item !== null && sameAsset(item, cursor.asset))) return;
  useBulkSelection.setState({ cursor: null, anchor: null });
});

// Another list: what was chosen in the old one is out of sight.
useQueue.subscribe(({ filter, sort }, before) => {
  if (filter !== before.filter || sort !== before.sort) clearChosen();
});
