import type { AssetRef } from './asset.ts';
import type { AssetId, JobId, ProductId, VideoId } from './ids.ts';

export const marketplaces = ['us', 'de', 'au'] as const;
export type Marketplace = (typeof marketplaces)[number];

export interface NewJob {
  readonly jobId: JobId;
  readonly industry: string;
}

export interface NewProduct {
  readonly productId: ProductId;
  readonly jobId: JobId;
  readonly src: string;
  readonly asinOrItemId: string;
  readonly title: string | null;
  readonly brand?: string | null;
  readonly url?: string | null;
  readonly marketplace: Marketplace;
}

export interface NewVideo {
  readonly videoId: VideoId;
  readonly jobId: JobId;
  readonly platform: string;
  readonly url: string;
  readonly title: string | null;
}

interface NewImage {
  readonly id: AssetId;
  readonly localPath: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** SHA-256 of the file as it was found, before it was made upright: the same file again adds nothing. */
  readonly sourceSha256: string;
}

export interface NewProductImage extends NewImage {
  readonly kind: 'product_image';
  readonly productId: ProductId;
}

export interface NewKeyframe extends NewImage {
  readonly kind: 'keyframe';
  readonly videoId: VideoId;
  /** Seconds from the start of the video. */
  readonly timestampS: number;
}

export type NewAsset = NewProductImage | NewKeyframe;

/** A row of `matches`: the matcher says that the product of this image is seen in this keyframe. */
export interface NewMatch {
  readonly matchId: string;
  readonly jobId: JobId;
  readonly productId: ProductId;
  readonly videoId: VideoId;
  readonly bestImageId: AssetId;
  readonly bestFrameId: AssetId;
  /** The keyframe's time, in seconds from the start of the video. */
  readonly timestampS: number;
  /** 0..1 */
  readonly score: number;
}

/** A product image and a keyframe that may show the same thing; score from the pipeline's matcher, null for a guess of ours. */
export interface Pair {
  readonly productImage: AssetRef;
  readonly keyframe: AssetRef;
  readonly score: number | null;
}
