import type { Asset, AssetKind, AssetState } from './asset.ts';
import type { CheckId } from './check.ts';
import type { JobId, ModelId, ProductId, VideoId } from './ids.ts';
import type { RejectReason } from './verdict.ts';

/**
 * ever_rejected, never_rejected: by rejections that were not taken back · corrected: a person's own mask is the head · as_made: the head is
 * as a model made it · reopened: somebody wanted to see it again.
 */
export const verdictHistories = ['ever_rejected', 'never_rejected', 'corrected', 'as_made', 'reopened'] as const;
export type VerdictHistory = (typeof verdictHistories)[number];

export interface AssetFilter {
  readonly states?: readonly AssetState[];
  readonly kind?: AssetKind;
  readonly jobId?: JobId;
  readonly productId?: ProductId;
  readonly videoId?: VideoId;
  readonly modelId?: ModelId;
  /** Assets whose head this check does not find fine. */
  readonly check?: CheckId;
  /** Who gave the approval or the rejection that stands. */
  readonly reviewer?: string;
  /** Why it stands rejected. */
  readonly rejectReason?: RejectReason;
  /** The verdict that stands was given at this moment or later, and before the other one; ms since the epoch. Leaves assets without a standing verdict out. */
  readonly decidedFromMs?: number;
  readonly decidedBeforeMs?: number;
  readonly history?: VerdictHistory;
  /** Whether somebody's draft is kept for it. */
  readonly hasDraft?: boolean;
  /** Whether a mask of an import waits beside a person's work, to be taken or left. */
  readonly importWaits?: boolean;
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

/** Some of a list by place: assets[0] is at `offset`. Shorter than what was asked for only at the list's end. */
export interface AssetWindow {
  readonly assets: readonly Asset[];
  readonly offset: number;
}

/** An asset and its place in a list, from 0. */
export interface PlacedAsset {
  readonly asset: Asset;
  readonly index: number;
}

export type AssetCounts = Readonly<Record<AssetState, number>>;

/** One value that a filter could take, and how many assets it would leave. */
export interface FacetCount {
  readonly value: string;
  /** Of a product or a video; null where it has none, and for everything else. */
  readonly title: string | null;
  readonly count: number;
}

/** importWaits: one value, 'true', where there is any. */
export const facetNames = ['models', 'reviewers', 'products', 'videos', 'rejectReasons', 'checks', 'importWaits'] as const;
export type FacetName = (typeof facetNames)[number];

/** Most frequent first, at most 200 each. A facet leaves the filter's own choice of it out of account: the other choices stay in sight. */
export type FacetCounts = Readonly<Record<FacetName, readonly FacetCount[]>>;
