import type { Asset, AssetRef } from '../../domain/asset.ts';
import type { AssetCounts, AssetFilter, AssetPage, AssetSort } from '../../domain/assetQuery.ts';
import type { Pair } from '../../domain/catalog.ts';
import type { AssetId, ProductId, VideoId } from '../../domain/ids.ts';

export interface AssetStore {
  list(query: { filter?: AssetFilter; sort?: AssetSort; limit: number; cursor?: string | null }): Promise<AssetPage>;
  counts(filter?: Omit<AssetFilter, 'states'>): Promise<AssetCounts>;
  get(asset: AssetRef): Promise<Asset | null>;
  /** Assets of either kind with that id: none, one or two. */
  withId(id: AssetId): Promise<readonly Asset[]>;
  /** Images of a product, in id order. */
  ofProduct(productId: ProductId): Promise<readonly Asset[]>;
  /** Keyframes of a video, in time order. */
  ofVideo(videoId: VideoId): Promise<readonly Asset[]>;
  /** Matches of the pipeline that involve the asset, best score first; empty where the store has none. */
  pairsOf(asset: AssetRef): Promise<readonly Pair[]>;
  setSize(asset: AssetRef, widthPx: number, heightPx: number): Promise<void>;
  /**
   * Sets state failed with a sentence. Changes nothing where a mask or a person's verdict stands: a failed re-run says nothing against
   * them, and its sentence is the task's (TaskStore.recentFailures).
   */
  recordFailure(asset: AssetRef, reason: string): Promise<void>;
  /** Takes rows that another program added to the pipeline's tables into Maskdesk's own; returns how many. Cheap where nothing was written. */
  adoptNew(): Promise<number>;
}
