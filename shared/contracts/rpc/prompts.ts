import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { AssetRef } from '../../domain/asset.ts';
import type { ModelId, Sha256 } from '../../domain/ids.ts';
import type { ModelStatus } from '../../domain/model.ts';
import { assetRefSchema, modelIdSchema, output, sha256Schema } from './types.ts';

/** A model that answers prompts, and whether it can be used here. */
export interface PromptModel {
  readonly modelId: ModelId;
  readonly label: string;
  readonly licence: string;
  readonly sizeBytes: number;
  readonly state: ModelStatus['state'];
  readonly isDefault: boolean;
}

/** A photo as a prompt model's encoder saw it, and what a decoder needs to go on from it. */
export interface PreparedEmbedding {
  /** Of the photo's bytes, how it lies, the model and its encoder: equal keys are equal embeddings. */
  readonly key: Sha256;
  readonly modelId: ModelId;
  /** Of the encoder's file. */
  readonly weightsSha256: Sha256;
  readonly decoderSha256: Sha256;
  readonly family: 'sam' | 'sam2';
  /** How the photo was brought to the model's square: stretched, or scaled by its longest side and padded right and below. */
  readonly fit: 'stretch' | 'pad';
  readonly sidePx: number;
  /** Of the upright photo. */
  readonly imageWidthPx: number;
  readonly imageHeightPx: number;
  /** Whether the decoding process holds its tensors now. */
  readonly isHeldNative: boolean;
  /** Of the app's protocol: the embedding (shared/prompts/embeddingFile.ts) and the decoder's ONNX file, for a decoder in the window. */
  readonly embeddingUrl: string;
  readonly decoderUrl: string;
  /** Whether it was on disk already. */
  readonly wasCached: boolean;
  /** Time in the encoder alone; null where nothing had to be encoded. */
  readonly encodeMs: number | null;
}

export type PrepareProgress =
  /** The photo is read and looked up. */
  | { readonly kind: 'loading' }
  /** The encoder works on it, or it waits for its turn. */
  | { readonly kind: 'encoding'; readonly label: string }
  /** Last. */
  | { readonly kind: 'ready'; readonly embedding: PreparedEmbedding };

/** How far the wish list is. */
export interface PrefetchStatus {
  readonly wanted: number;
  /** On disk. */
  readonly ready: number;
  readonly failed: number;
}

export interface DecodedPrompt {
  readonly candidates: readonly { readonly widthPx: 256; readonly heightPx: 256; readonly logits: Float32Array; readonly predictedIou: number }[];
  /** In the decoder; of a chain all steps that were asked for. */
  readonly decodeMs: number;
}

const coordinate = z.number().finite();
const pointSchema = z.object({ xImagePx: coordinate, yImagePx: coordinate, label: z.union([z.literal(0), z.literal(1)]) });
const boxSchema = z
  .object({ x0ImagePx: coordinate, y0ImagePx: coordinate, x1ImagePx: coordinate, y1ImagePx: coordinate })
  .refine(({ x0ImagePx, y0ImagePx, x1ImagePx, y1ImagePx }) => x0ImagePx < x1ImagePx && y0ImagePx < y1ImagePx, 'A box has its first corner above and left of its second.');
/** More points than anybody sets; a decoder's time grows with them. */
const mostPoints = 200;
const maskPromptSchema = z
  .object({ widthPx: z.literal(256), heightPx: z.literal(256), logits: z.instanceof(Float32Array) })
  .refine(({ widthPx, heightPx, logits }) => logits.length === widthPx * heightPx, 'One logit a pixel.');
export const promptSchema = z.object({ points: z.array(pointSchema).max(mostPoints), box: boxSchema.nullable(), mask: maskPromptSchema.nullable() });

export const mostPrefetched = 50;

export const promptsContract = {
  models: oc.output(output<readonly PromptModel[]>()),
  /**
   * Sees to it that a photo's embedding is on disk and held by the decoding process; yields how far it is. Ending the iterator early cancels,
   * where nobody else waits for the same. Errors: not_found, model_unknown, model_missing (the sentence says how to get it), model_corrupt,
   * image_unreadable, inference_failed, out_of_memory.
   */
  prepare: oc.input(z.object({ asset: assetRefSchema, modelId: modelIdSchema.optional() })).output(eventIterator(output<PrepareProgress>())),
  /** Replaces the wish list: these are encoded in this order while the machine has nothing else to do. An empty list cancels. */
  prefetch: oc.input(z.object({ assets: z.array(assetRefSchema).max(mostPrefetched), modelId: modelIdSchema.optional() })).output(output<PrefetchStatus>()),
  /**
   * For a window without a decoder of its own. `chain`: as PromptChain in shared/prompts/promptChain.ts; a window that keeps answers chains them itself
   * and asks for one at a time. Errors: not_found (nothing of that key: prepare it), invalid_input, inference_failed.
   */
  decode: oc.input(z.object({ key: sha256Schema, prompt: promptSchema, chain: z.enum(['none', 'points']).default('none') })).output(output<DecodedPrompt>()),
};

/** What was asked to be prepared. */
export interface PrepareRequest {
  readonly asset: AssetRef;
  readonly modelId?: ModelId | undefined;
}
