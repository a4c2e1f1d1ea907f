import type { ModelId, Sha256 } from '../domain/ids.ts';
import type { DecoderFamily, FloatTensor } from '../prompts/decoderFeeds.ts';
import type { Fit } from '../prompts/modelFrame.ts';
import type { MaskOrientation } from './imageCodec.ts';

export interface EncodeOptions {
  readonly orientation: MaskOrientation;
  /** now: a person waits · idle: only while nothing else wants the model's process. */
  readonly priority: 'now' | 'idle';
  readonly signal?: AbortSignal | undefined;
}

/** A photo as its model sees it, named as the decoder's inputs are. */
export interface EncodedPhoto {
  readonly tensors: readonly FloatTensor[];
  readonly executionProvider: string;
  /** In the session's run alone. */
  readonly encodeMs: number;
}

/** The heavy half of a prompt model. */
export interface PromptEncoder {
  readonly modelId: ModelId;
  readonly label: string;
  readonly family: DecoderFamily;
  readonly fit: Fit;
  readonly sidePx: number;
  /** Of the encoder's file. */
  readonly weightsSha256: Sha256;
  readonly decoderSha256: Sha256;
  /** Differs wherever the same photo could give another embedding: model, weights, preparation. */
  readonly version: string;
  /**
   * @param photo an encoded picture
   * @param size of the upright photo
   * @throws ExpectedError model_missing, model_corrupt, inference_failed, out_of_memory, image_unreadable; CancelledError
   */
  encode(photo: Uint8Array, size: { readonly widthPx: number; readonly heightPx: number }, options: EncodeOptions): Promise<EncodedPhoto>;
}
