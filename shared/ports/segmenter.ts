import type { MaskPart } from '../domain/maskPart.ts';
import type { ModelRun } from '../domain/revision.ts';
import type { ModelId, Sha256 } from '../domain/ids.ts';
import type { Bitmap } from '../mask/bitmap.ts';
import type { MaskOrientation } from './imageCodec.ts';

export interface SegmentOptions {
  /** 0..1; a pixel is mask at and above it. Default 0.5. */
  readonly threshold?: number;
  readonly wantMatte?: boolean;
  readonly orientation?: MaskOrientation;
  readonly signal?: AbortSignal;
}

export interface SegmentResult {
  /** Exactly the upright image's size. */
  readonly mask: Bitmap;
  /** Soft coverage 0..255 at image size, when asked for. */
  readonly matte: Uint8Array | null;
  readonly run: ModelRun;
  /** What the mask was put together from, in the order of the recipe; absent or empty where one model made it. */
  readonly parts?: readonly PartResult[];
}

/** A part with its pixels, before these are stored. */
export type PartResult = Omit<MaskPart, 'maskSha256'> & { readonly mask: Bitmap };

/** One model: its own preparation of the picture and reading of the answer. */
export interface Segmenter {
  readonly modelId: ModelId;
  /** What its runs will say (ModelRun.weightsSha256): with the threshold, whether two masks of a picture are the same work. */
  readonly weightsSha256: Sha256;
  /**
   * @param photo an encoded picture (JPEG, PNG ...)
   * @throws ExpectedError model_missing, inference_failed, out_of_memory, image_unreadable; CancelledError
   */
  segment(photo: Uint8Array, options: SegmentOptions): Promise<SegmentResult>;
}
