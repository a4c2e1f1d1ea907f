import { create } from 'zustand';
import { assetKey, sameAsset, type Asset, type AssetKind, type AssetRef, type AssetState } from '../../shared/domain/asset.ts';
import type { AssetCounts, AssetSort } from '../../shared/domain/assetQuery.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';

export interface QueueFilter {
  /** Null: every state. */
  readonly state: AssetState | null;
  readonly kind: AssetKind | null;
  readonly text: string;
}

interface QueueState {
  readonly filter: QueueFilter;
  readonly sort: AssetSort;
  readonly assets: readonly Asset[];
  readonly nextCursor: string | null;
  /** Of everything that kind and text let through, whatever the state. */
  readonly counts: AssetCounts | null;
  /** How many items the filter lets through; the list has that many rows, read or not. */
  readonly total: number;
  /** Of the whole store. */
  readonly totals: AssetCounts | null;
  readonly status: 'loading' | 'ready' | 'error';
  readonly error: string | null;
}

export const everything: QueueFilter = { state: null, kind: null, text: '' };

const pageSize = 200;
const largestPage = 1000;

export const useQueue = create<QueueState>(() => ({
  filter: { ...everything, state: 'to_review' },
  sort: 'worst',
  assets: [],
  nextCursor: null,
  counts: null,
  total: 0,
  totals: null,
  status: 'loading',
  error: null,
}));

const withoutState = ({ kind, text }: QueueFilter) => ({
  ...(kind === null ? {} : { kind }),
  ...(text.trim() === '' ? {} : { text: text.trim() }),
});
const asAssetFilter = (filter: QueueFilter) => ({
  ...withoutState(filter),
  ...(filter.state === null ? {} : { states: [filter.state] }),
});

/** Answers to older questions are dropped. */
let lastRequest = 0;

/** Reads the list again, as far as it had been read, with its counts. */
export const refreshQueue = async (): Promise<void> => {
  const request = ++lastRequest;
  const { filter, sort, assets } = useQueue.getState();
  const limit = Math.min(largestPage, Math.max(pageSize, assets.length));
  try {
    const [page, counts, totals] = await Promise.all([
      core().queue.list({ filter: asAssetFilter(filter), sort, limit }),
      core().queue.counts({ filter: withoutState(filter) }),
      core().queue.counts({}),
    ]);
    if (request !== lastRequest) return;
    const total = filter.state === null ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[filter.state];
    useQueue.setState({ assets: page.assets, nextCursor: page.nextCursor, counts, total, totals, status: 'ready', error: null });
  } catch (error) {
    if (request !== lastRequest) return;
    useQueue.setState({ status: 'error', error: sentenceOf(error) });
    throw error;
  }
};

/** The next page, at the list's end. */
export const loadMore = async (): Promise<void> => {
  const { filter, sort, nextCursor, assets, status } = useQueue.getState();
  if (nextCursor === null || status !== 'ready') return;
  const request = ++lastRequest;
  const page = await core().queue.list({ filter: asAssetFilter(filter), sort, limit: pageSize, cursor: nextCursor });
  if (request !== lastRequest) return;
  // A row that moved between two pages may come twice.
  const known = new Set(assets.map(assetKey));
  useQueue.setState({ assets: [...assets, ...page.assets.filter((asset) => !known.has(assetKey(asset)))], nextCursor: page.nextCursor });
};

export const setFilter = (change: Partial<QueueFilter>): Promise<void> => {
  useQueue.setState(({ filter }) => ({ filter: { ...filter, ...change }, assets: [], nextCursor: null, status: 'loading' }));
  return refreshQueue();
};

export const setSort = (sort: AssetSort): Promise<void> => {
  useQueue.setState({ sort, assets: [], nextCursor: null, status: 'loading' });
  return refreshQueue();
};

/** Takes an item out of the list at once, ahead of the core's answer; {@link refreshQueue} puts right what was wrong. */
export const dropFromQueue = (asset: AssetRef): void =>
  useQueue.setState(({ assets }) => ({ assets: assets.filter((other) => !sameAsset(other, asset)) }));

/** Shows what the core said of an item, where it is listed. */
export const patchQueue = (asset: Asset): void =>
  useQueue.setState(({ assets }) => ({ assets: assets.map((other) => (sameAsset(other, asset) ? asset : other)) }));

export const indexInQueue = (asset: AssetRef): number => useQueue.getState().assets.findIndex((other) => sameAsset(other, asset));

/** The item in a row of the list; null where it has not been read yet, or past the end. */
export const assetAt = (index: number): Asset | null => useQueue.getState().assets[index] ?? null;
