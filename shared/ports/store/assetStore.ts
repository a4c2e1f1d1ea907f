import type { Asset, AssetRef, AssetState } from '../../domain/asset.ts';
import type { AssetCounts, AssetFilter, AssetPage, AssetSort, AssetWindow, FacetCounts, PlacedAsset } from '../../domain/assetQuery.ts';
import type { Pair } from '../../domain/catalog.ts';
import type { AssetId, ProductId, VideoId } from '../../domain/ids.ts';

/** A list of the queue: what is in it and in which order (default: worst). */
export interface AssetList {
  readonly filter?: AssetFilter;
  readonly sort?: AssetSort;
}

export interface AssetStore {
  list(query: { filter?: AssetFilter; sort?: AssetSort; limit: number; cursor?: string | null }): Promise<AssetPage>;
  counts(filter?: Omit<AssetFilter, 'states'>): Promise<AssetCounts>;
  /** Any part of a list, by place. */
  window(query: AssetList & { readonly offset: number; readonly limit: number }): Promise<AssetWindow>;
  /** Place of an asset in a list, from 0; null where it is not in it. */
  position(query: AssetList & { readonly asset: AssetRef }): Promise<number | null>;
  /**
   * The next asset of the list in one of the states, going on (1) or back (-1) from `after` (null: from the end that lies behind), round
   * the end of the list where need be. Never `after` itself, which may also be outside of the filter; null where there is no other.
   */
  nextOpen(query: AssetList & { readonly after: AssetRef | null; readonly states: readonly AssetState[]; readonly direction: 1 | -1 }): Promise<PlacedAsset | null>;
  facets(filter?: AssetFilter): Promise<FacetCounts>;
  get(asset: AssetRef): Promise<Asset | null>;
  /** Assets of either kind with that id: none, one or two. */
  withId(id: AssetId): Promise<readonly Asset[]>;
  /** Images of a product, in id order. */
  ofProduct(productId: ProductId): Promise<readonly Asset[]>;
  /** Keyframes of a video, in time order. */
  ofVideo(videoId: VideoId): Promise<readonly Asset[]>;
  /** Matches of the pipeline that involve the asset, best score first; empty where the store has none. */
  pairsOf(asset: AssetRef): Promise<readonly Pair[]>;
  /** The same for any of these, all of one kind. */
  pairsOfAny(assets: readonly AssetRef[]): Promise<readonly Pair[]>;
  setSize(asset: AssetRef, widthPx: number, heightPx: number): Promise<void>;
  /**
   * Sets state failed with a sentence. Changes nothing where a mask or a person's verdict stands: a failed re-run says nothing against
   * them, and its sentence is the task's (TaskStore.recentFailures).
   */
  recordFailure(asset: AssetRef, reason: string): Promise<void>;
  /** Takes rows that another program added to the pipeline's tables into Maskdesk's own; returns how many. Cheap where nothing was written. */
  adoptNew(): Promise<number>;
}
