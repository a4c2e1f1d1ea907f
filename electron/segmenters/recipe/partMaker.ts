import type { ModelId, Sha256 } from '../../../shared/domain/ids.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { ImageCodec, MaskOrientation } from '../../../shared/ports/imageCodec.ts';

/** A photo on its way through a recipe. */
export interface PartInput {
  readonly photo: Uint8Array;
  /** The size that masks have. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: MaskOrientation;
  /** What the run asks for; a step's own wins over it. */
  readonly threshold: number;
  readonly wantMatte: boolean;
  /** What the steps before have come to; null before the first. */
  readonly before: Bitmap | null;
  /** Decodes the photo once for all parts. */
  readonly codec: Pick<ImageCodec, 'probe' | 'rgbAt' | 'resizeGrey'>;
  readonly signal: AbortSignal | undefined;
}

export interface MadePart {
  readonly mask: Bitmap;
  readonly matte: Uint8Array | null;
  readonly isApplied: boolean;
  /** A sentence for people, or null. */
  readonly note: string | null;
  readonly executionProvider: string;
  readonly inferenceMs: number;
  /** 0..1 as of a model run; null where the model tells none. */
  readonly confidence: number | null;
}

/** Makes one part of a mask with one model (and perhaps a second that it asks). */
export interface PartMaker {
  readonly modelId: ModelId;
  readonly weightsSha256: Sha256;
  /** Weights of further models that the part comes from. */
  readonly otherWeights: readonly Sha256[];
  /** @throws ExpectedError as segmenters do; CancelledError */
  make(input: PartInput): Promise<MadePart>;
}
