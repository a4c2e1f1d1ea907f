import { create } from 'zustand';
import { assetKey, sameAsset, type Asset, type AssetRef } from '../../shared/domain/asset.ts';
import type { AssetCounts, AssetPage, AssetSort } from '../../shared/domain/assetQuery.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';
import { isExpected } from '../../shared/errors/errors.ts';
import { inBackground } from './notices.ts';
import { asAssetFilter, everything, toReview, withoutState, type QueueFilter } from './queueFilter.ts';
import { createQueueRows } from './queueRows.ts';
import { tellShown } from './shownHeads.ts';
import { useSelection } from './selection.ts';

export { everything, type QueueFilter };

interface QueueState {
  readonly filter: QueueFilter;
  readonly sort: AssetSort;
  /** How many rows the list has, read or not. */
  readonly total: number;
  /** Goes up with every change of what {@link assetAt} answers. */
  readonly version: number;
  /** Of everything that the filter but its state lets through. */
  readonly counts: AssetCounts | null;
  /** Of the whole store. */
  readonly totals: AssetCounts | null;
  readonly status: 'loading' | 'ready' | 'error';
  readonly error: string | null;
  /** How many rows came in above what the person looks at, so that the list can stay where it is; a new `serial` each time. */
  readonly shift: { readonly serial: number; readonly rows: number };
  /** A row to bring into view; a new `serial` each time. */
  readonly reveal: { readonly serial: number; readonly row: number };
}

export const useQueue = create<QueueState>(() => ({
  filter: toReview,
  sort: 'worst',
  total: 0,
  version: 0,
  counts: null,
  totals: null,
  status: 'loading',
  error: null,
  shift: { serial: 0, rows: 0 },
  reveal: { serial: 0, row: 0 },
}));

const pageSize = 100;
/** A few megabytes, and more than a long scroll back. */
const mostPages = 20;
/** Rows read beyond those on screen, both ways. */
const rowsAhead = 200;
/** Rows shown above the item in hand where a list begins with it in the middle. */
const rowsBefore = 3;
/** More at once only make the core answer in another order. */
const mostReads = 3;

const rows = createQueueRows({ pageSize, mostPages });
/** Rows on screen, inclusive, and the way they move. */
let seen = { from: 0, to: 20, direction: 1 as 1 | -1 };
/** Answers to questions from before the last change of the list are dropped. */
let generation = 0;
const reading = new Set<number>();
/** Dropped items whose verdict is acknowledged: the next answer of the core is right about them. */
const settled = new Map<string, AssetRef>();

const onScreen = (): readonly Asset[] => Array.from({ length: Math.max(0, seen.to - seen.from + 1) }, (_, row) => rows.at(seen.from + row) ?? []).flat();

const changed = (more: Partial<QueueState> = {}): void => {
  useQueue.setState(({ version }) => ({ version: version + 1, total: rows.total(), ...more }));
  tellShown(onScreen);
};

const query = () => {
  const { filter, sort } = useQueue.getState();
  return { filter: asAssetFilter(filter), sort };
};
const bare = ({ kind, id }: AssetRef): AssetRef => ({ kind, id });

const readPage = async (page: number): Promise<readonly Asset[]> => (await core().queue.window({ ...query(), offset: page * pageSize, limit: pageSize })).assets;

const addPage = async (page: number): Promise<void> => {
  const asked = generation;
  reading.add(page);
  try {
    const assets = await readPage(page);
    if (asked !== generation) return;
    rows.put(page, assets);
    changed();
  } finally {
    if (asked === generation) reading.delete(page);
  }
};

/** What is on screen first, then what the person moves towards, then what they come from. */
const wantedPages = (): readonly number[] => {
  const { from, to, direction } = seen;
  const ahead = rows.missing(to + 1, to + rowsAhead);
  const behind = [...rows.missing(from - rowsAhead, from - 1)].reverse();
  return [...rows.missing(from, to), ...(direction === 1 ? [...ahead, ...behind] : [...behind, ...ahead])];
};

const readWanted = (): void => {
  if (useQueue.getState().status !== 'ready') return;
  for (const page of wantedPages()) {
    if (reading.size >= mostReads) return;
    if (reading.has(page)) continue;
    inBackground(addPage(page).then(readWanted), 'queue');
  }
};

/** The list says what it shows; those rows and their surroundings are read. @param from @param to rows, inclusive */
export const showRows = (from: number, to: number): void => {
  if (from !== seen.from) seen = { from, to, direction: from > seen.from ? 1 : -1 };
  else seen = { ...seen, to };
  rows.touch(from, to);
  tellShown(onScreen);
  readWanted();
};

/** The item in a row of the list; null where it has not been read yet, or past the end. */
export const assetAt = (index: number): Asset | null => rows.at(index);

/** An item's row; -1 where it is not in the list or not read. */
export const indexInQueue = (asset: AssetRef): number => rows.rowOf(asset);

/** The item in a row, read where it is not known yet; null past the end. */
export const assetAtRow = async (index: number): Promise<Asset | null> => {
  for (const page of rows.missing(index, index)) await addPage(page);
  return rows.at(index);
};

/** Rows of the list, both ends included. @returns those that there are */
export const assetsBetween = async (from: number, to: number): Promise<readonly Asset[]> => {
  const found: Asset[] = [];
  for (let row = from; row <= to; row++) {
    const asset = rows.at(row) ?? (await assetAtRow(row));
    if (asset !== null) found.push(asset);
  }
  return found;
};

const snapshotPage = 1000;

/**
 * The list from its top, at most `most` items. Each part is asked for behind the last item of the one before, and not by row: items that leave or
 * come meanwhile move none of the others out of the answer, or into it twice. Those that this person has just judged are left out.
 */
export const assetsFromTop = async (most: number): Promise<readonly Asset[]> => {
  const asked = query();
  const found = new Map<string, Asset>();
  let cursor: string | null = null;
  do {
    const page: AssetPage = await core().queue.list({ ...asked, limit: Math.min(snapshotPage, most - found.size), cursor });
    for (const asset of page.assets) if (!rows.isDropped(asset)) found.set(assetKey(asset), asset);
    cursor = page.nextCursor;
  } while (cursor !== null && found.size < most);
  return [...found.values()];
};

/** Where the eye rests: the item in hand while it is on screen, else the middle of the screen; null at the list's very top. */
const anchor = (): { readonly asset: Asset; readonly row: number } | null => {
  const { item } = useSelection.getState();
  const inHand = item === null ? -1 : rows.rowOf(item);
  const row = inHand >= seen.from && inHand <= seen.to ? inHand : seen.from === 0 ? -1 : Math.floor((seen.from + seen.to) / 2);
  const asset = row === -1 ? null : rows.at(row);
  return asset === null ? null : { asset, row };
};

/** Whether an item's own facts, and not those of the others, decide that it stands elsewhere now. */
const isOtherwise = (now: Asset, before: Asset, sort: AssetSort): boolean =>
  now.state !== before.state || now.headRevisionId !== before.headRevisionId || now.suspicion !== before.suspicion || (sort === 'newest' && now.updatedAtMs !== before.updatedAtMs);

const positionOf = (asset: AssetRef): Promise<number | null> => core().queue.position({ ...query(), asset: bare(asset) });

/** The item in hand with its neighbours, as the person sees them. */
const inHandNow = (): { readonly asset: Asset; readonly row: number; readonly below: Asset | null } | null => {
  const { item } = useSelection.getState();
  const row = item === null ? -1 : rows.rowOf(item);
  const asset = row === -1 ? null : rows.at(row);
  return asset === null ? null : { asset, row, below: rows.at(row + 1) };
};

type InHand = NonNullable<ReturnType<typeof inHandNow>>;
type Hold = Parameters<typeof rows.hold>;

/** Null: it is not in the store any more. */
const assetNow = async (asset: AssetRef): Promise<Asset | null> => {
  try {
    return (await core().queue.context({ asset: bare(asset) })).asset;
  } catch (error) {
    if (isExpected(error, 'not_found')) return null;
    throw error;
  }
};

/**
 * How the item in hand is kept beside its neighbour when it changed by itself (judged by somebody else, made anew) and now has another
 * place, or none: it moves when the person moves on. Null: it stands where it stood.
 */
const holdFor = async (before: InHand, place: number | null, pages: ReadonlyMap<number, readonly Asset[]>): Promise<Hold | null> => {
  const found = place === null ? undefined : pages.get(Math.floor(place / pageSize))?.[place % pageSize];
  const listed = found !== undefined && sameAsset(found, before.asset) ? found : null;
  if (listed !== null && rows.held === null && !isOtherwise(listed, before.asset, useQueue.getState().sort)) return null;
  const now = listed ?? (await assetNow(before.asset));
  // Photos go with an import that is taken back.
  if (now === null) return null;
  const abovePlace = before.below === null ? null : await positionOf(before.below);
  return [now, place, abovePlace === null ? { row: before.row } : { abovePlace }];
};

interface Counted {
  readonly counts: AssetCounts;
  readonly totals: AssetCounts;
}

const readCounts = async (): Promise<Counted> => {
  const [counts, totals] = await Promise.all([core().queue.counts({ filter: withoutState(useQueue.getState().filter) }), core().queue.counts({})]);
  return { counts, totals };
};

const sumOf = (counts: AssetCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Pages under these rows and under one place of the order, read anew. */
const readPages = async (from: number, to: number, place: number | null): Promise<ReadonlyMap<number, readonly Asset[]>> => {
  const wanted = new Set<number>();
  for (let page = Math.max(0, Math.floor(from / pageSize)); page <= Math.floor(Math.max(0, to) / pageSize); page++) wanted.add(page);
  if (place !== null) wanted.add(Math.floor(place / pageSize));
  const read = await Promise.all([...wanted].map(async (page) => [page, await readPage(page)] as const));
  return new Map(read);
};

const read = async (): Promise<void> => {
  const asked = ++generation;
  reading.clear();
  const isFirst = useQueue.getState().status !== 'ready';
  const right = [...settled.values()];
  const inHand = inHandNow();
  const eye = anchor();
  const { item } = useSelection.getState();
  const isEyeInHand = eye !== null && item !== null && sameAsset(eye.asset, item);
  try {
    const [counts, place, otherPlace] = await Promise.all([readCounts(), item === null ? null : positionOf(item), eye === null || isEyeInHand ? null : positionOf(eye.asset)]);
    if (asked !== generation) return;
    const eyePlace = isEyeInHand ? place : otherPlace;
    const start = isFirst ? Math.max(0, (place ?? 0) - rowsBefore) : seen.from + (eye === null || eyePlace === null ? 0 : eyePlace - eye.row);
    const pages = await readPages(start, start + (seen.to - seen.from), place);
    const hold = inHand === null ? null : await holdFor(inHand, place, pages);
    if (asked !== generation) return;
    for (const asset of right) {
      rows.restore(asset);
      settled.delete(assetKey(asset));
    }
    const { state } = useQueue.getState().filter;
    rows.release();
    rows.replace(state === null ? sumOf(counts.counts) : counts.counts[state], pages);
    if (hold !== null) rows.hold(...hold);
    publish(counts, isFirst, eye, item);
    readWanted();
  } catch (error) {
    if (asked !== generation) return;
    // While the store is away the rows that are read stay: what was there is better than nothing, and the line over the desk says it.
    const isKept = !isFirst && isExpected(error, 'store_unreachable');
    if (!isKept) useQueue.setState({ status: 'error', error: sentenceOf(error) });
    throw error;
  }
};

let running: Promise<void> | null = null;
let following: Promise<void> | null = null;

const start = (): Promise<void> => {
  const mine = read().finally(() => {
    if (running === mine) running = null;
  });
  running = mine;
  return mine;
};

/**
 * Reads the list again where it is looked at, with its counts. What the person looks at stays where it is on screen. Called while it is
 * being read it is read once more after that, however often: changes that come faster than answers do not keep the list from moving on.
 */
export const refreshQueue = (): Promise<void> => {
  if (running === null) return start();
  following ??= running
    .catch(() => undefined) // told to whoever asked for it
    .then(() => {
      following = null;
      return start();
    });
  return following;
};

/** The same for what is only shown by it: while the store is away its rows stay as they are. */
export const refreshQueueIfThere = async (): Promise<void> => {
  try {
    await refreshQueue();
  } catch (error) {
    if (!isExpected(error, 'store_unreachable')) throw error;
  }
};

const publish = (counts: Counted, isFirst: boolean, eye: ReturnType<typeof anchor>, item: AssetRef | null): void => {
  const { shift, reveal } = useQueue.getState();
  const row = item === null ? -1 : rows.rowOf(item);
  const eyeRow = eye === null ? -1 : rows.rowOf(eye.asset);
  const moved = eye === null || eyeRow === -1 ? 0 : eyeRow - eye.row;
  changed({
    ...counts,
    status: 'ready',
    error: null,
    ...(isFirst ? { reveal: { serial: reveal.serial + 1, row: Math.max(0, row) } } : {}),
    ...(!isFirst && moved !== 0 ? { shift: { serial: shift.serial + 1, rows: moved } } : {}),
  });
};

/** Another list: nothing of the old one is shown under the new name. */
const startOver = (change: Partial<Pick<QueueState, 'filter' | 'sort'>>): Promise<void> => {
  rows.release();
  rows.replace(0, new Map());
  seen = { from: 0, to: seen.to - seen.from, direction: 1 };
  changed({ ...change, status: 'loading' });
  return start();
};

export const setFilter = (change: Partial<QueueFilter>): Promise<void> => startOver({ filter: { ...useQueue.getState().filter, ...change } });
export const setSort = (sort: AssetSort): Promise<void> => startOver({ sort });
export const setFilterAndSort = (filter: QueueFilter, sort: AssetSort): Promise<void> => startOver({ filter, sort });

/** Takes an item out of the list at once, ahead of the core's answer. */
export const dropFromQueue = (asset: AssetRef): void => {
  rows.drop(asset);
  settled.delete(assetKey(asset));
  changed();
};

/** Whether an item was taken out and the core has not said yet that it is. */
export const isLeaving = (asset: AssetRef): boolean => rows.isDropped(asset);

/** As many verdicts are hardly ever on their way to the core. */
const mostLeaving = 40;

/** Items that were judged here a moment ago: to the core they may be open still. */
export const leavingItems = (): readonly AssetRef[] => rows.dropped().slice(-mostLeaving);

/** Puts an item back that was taken out for a verdict that the core refused. */
export const restoreToQueue = (asset: AssetRef): void => {
  rows.restore(asset);
  changed();
};

/** Shows what the core said of an item, where it is listed. */
export const patchQueue = (asset: Asset): void => {
  rows.patch(asset);
  settled.set(assetKey(asset), bare(asset));
  changed();
};

/** Brings a row into view. */
export const revealRow = (row: number): void => useQueue.setState(({ reveal }) => ({ reveal: { serial: reveal.serial + 1, row } }));

// The item that was held in its place takes its own once the person has moved on.
useSelection.subscribe(({ item }) => {
  if (rows.held === null || (item !== null && sameAsset(rows.held, item))) return;
  inBackground(refreshQueue(), 'queue');
});
