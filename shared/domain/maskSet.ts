import type { AssetRef, AssetState } from './asset.ts';
import type { AssetFilter } from './assetQuery.ts';
import type { JobId, ModelId, ProductId, RevisionId, SetId, Sha256, SnapshotId, VideoId } from './ids.ts';
import type { RevisionOrigin } from './revision.ts';
import type { RejectReason } from './verdict.ts';

/** A saved filter under a name. What it held at a moment is a {@link Snapshot}. */
export interface MaskSet {
  readonly setId: SetId;
  /** Unique in its store, whatever the case of its letters; 1 to 100 characters. */
  readonly name: string;
  /** States default to approved. */
  readonly filter: AssetFilter;
  readonly createdBy: string;
  readonly createdAtMs: number;
  /** Number of its newest snapshot; null: never frozen. */
  readonly latest: number | null;
}

/** A set without a choice of states is one of approved masks. */
export const setFilterOf = (filter: AssetFilter): AssetFilter => ({ ...filter, states: filter.states ?? ['approved'] });

/** What a set held when it was frozen. Never changes, so that exporting it twice gives the same bytes. */
export interface Snapshot {
  readonly snapshotId: SnapshotId;
  readonly setId: SetId;
  readonly setName: string;
  /** From 1, ascending in each set, without gaps. */
  readonly number: number;
  /** As it was when the set was frozen. */
  readonly filter: AssetFilter;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly entryCount: number;
  readonly totalAreaPx: number;
  /** Over all entries and links, in order: two snapshots with the same digest hold the same. */
  readonly digest: Sha256;
}

/** The verdict that stood on the mask, if any. */
export interface SnapshotVerdict {
  readonly kind: 'approve' | 'reject';
  readonly reviewer: string;
  readonly atMs: number;
  readonly reason: RejectReason | null;
}

/** A mask of a snapshot, with what was known of it then. Assets without a mask are never among them. */
export interface SnapshotEntry {
  /** From 0; ordered by kind (product images first), then id by code points. */
  readonly position: number;
  readonly asset: AssetRef;
  readonly revisionId: RevisionId;
  readonly maskSha256: Sha256;
  readonly matteSha256: Sha256 | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly areaPx: number;
  readonly origin: RevisionOrigin;
  /** The reviewer's name, or the model's id. */
  readonly author: string;
  readonly modelId: ModelId | null;
  readonly state: AssetState;
  readonly verdict: SnapshotVerdict | null;
  /** Rejections given to the asset so far that were not taken back. */
  readonly rejections: number;
  readonly localPath: string;
  readonly productId: ProductId | null;
  readonly videoId: VideoId | null;
  /** The product's or the video's. */
  readonly title: string | null;
  /** Seconds from the start of the video; null for product images. */
  readonly timestampS: number | null;
  readonly jobId: JobId | null;
}

/** The matcher says that the product is seen in the video, and at least one of them is in the snapshot: for splits that keep a product on one side. */
export interface SnapshotLink {
  readonly productId: ProductId;
  readonly videoId: VideoId;
}

export const splitNames = ['train', 'val', 'test'] as const;
export type SplitName = (typeof splitNames)[number];

/** Shares that sum to 1; a split with share 0 is not made. The seed and the snapshot alone decide what goes where. */
export interface SplitChoice {
  readonly shares: Readonly<Record<SplitName, number>>;
  readonly seed: number;
}

/** What a filter finds now: masks, those of them in which nothing is, assets that it finds but that have none, pixels inside. */
export interface SetMeasure {
  readonly masks: number;
  readonly empty: number;
  readonly withoutMask: number;
  readonly totalAreaPx: number;
  readonly productImages: number;
  readonly keyframes: number;
  readonly products: number;
  readonly videos: number;
}
