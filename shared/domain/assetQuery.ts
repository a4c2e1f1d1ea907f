import type { Asset, AssetKind, AssetState } from './asset.ts';
import type { CheckId } from './check.ts';
import type { JobId, ModelId, ProductId, VideoId } from './ids.ts';

export interface AssetFilter {
  readonly states?: readonly AssetState[];
  readonly kind?: AssetKind;
  readonly jobId?: JobId;
  readonly productId?: ProductId;
  readonly videoId?: VideoId;
  readonly modelId?: ModelId;
  /** Assets whose head this check does not find fine. */
  readonly check?: CheckId;
  /** Case-insensitive part of the id or the title. */
  readonly text?: string;
}

/** worst: failed and rejected first, then the most suspicious mask (check.ts; the model's lowest confidence where not checked yet) · newest: last changed first · product: by product or video, then id. */
export const assetSorts = ['worst', 'newest', 'product'] as const;
export type AssetSort = (typeof assetSorts)[number];

export interface AssetPage {
  readonly assets: readonly Asset[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
}

export type AssetCounts = Readonly<Record<AssetState, number>>;
