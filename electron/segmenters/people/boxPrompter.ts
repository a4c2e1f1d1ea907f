import type { Sha256 } from '../../../shared/domain/ids.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import type { MaskOrientation } from '../../../shared/ports/imageCodec.ts';
import type { PromptDecoding } from '../../../shared/ports/promptDecoding.ts';
import type { PromptEncoder } from '../../../shared/ports/promptEncoder.ts';
import { decoderFeeds, decoderFetches } from '../../../shared/prompts/decoderFeeds.ts';
import { logitsToMask } from '../../../shared/prompts/logitsToMask.ts';
import { modelFrame } from '../../../shared/prompts/modelFrame.ts';
import { bestCandidate, readCandidates } from '../../../shared/prompts/readCandidates.ts';
import type { ShareBox } from './instanceFamily.ts';

export interface OutlinedBoxes {
  /** All of them together. */
  readonly mask: Bitmap;
  readonly inferenceMs: number;
  readonly executionProvider: string;
}

/** Outlines things anew, each given its box, with a prompt model. */
export interface BoxPrompter {
  readonly weights: readonly Sha256[];
  /** @throws ExpectedError model_missing, inference_failed, out_of_memory; CancelledError */
  outline(photo: Uint8Array, size: { readonly widthPx: number; readonly heightPx: number }, boxes: readonly ShareBox[], options: { readonly orientation: MaskOrientation; readonly signal: AbortSignal | undefined }): Promise<OutlinedBoxes>;
}

/** The photo is encoded once for all boxes; of a box's candidates the one counts that the model thinks best. */
export const createBoxPrompter = (encoder: PromptEncoder, decoding: Pick<PromptDecoding, 'decodeLoose'>): BoxPrompter => ({
  weights: [encoder.weightsSha256, encoder.decoderSha256],
  outline: async (photo, size, boxes, { orientation, signal }) => {
    const { widthPx, heightPx } = size;
    const mask = emptyBitmap(widthPx, heightPx);
    const { tensors, encodeMs, executionProvider } = await encoder.encode(photo, size, { orientation, priority: 'idle', signal });
    const frame = modelFrame({ fit: encoder.fit, sidePx: encoder.sidePx, imageWidthPx: widthPx, imageHeightPx: heightPx });
    let inferenceMs = encodeMs;
    for (const { x0, y0, x1, y1 } of boxes) {
      const box = { x0ImagePx: x0 * widthPx, y0ImagePx: y0 * heightPx, x1ImagePx: x1 * widthPx, y1ImagePx: y1 * heightPx };
      const feeds = decoderFeeds(encoder.family, frame, { points: [], box, mask: null });
      const answer = await decoding.decodeLoose(encoder.modelId, tensors, { feeds, fetches: decoderFetches(encoder.family), signal });
      inferenceMs += answer.inferenceMs;
      const candidates = readCandidates(encoder.family, answer.outputs);
      const found = logitsToMask(frame, candidates[bestCandidate(candidates)] as (typeof candidates)[number]);
      for (let at = 0; at < mask.data.length; at++) mask.data[at] = (mask.data[at] as number) | (found.data[at] as number);
    }
    return { mask, inferenceMs, executionProvider };
  },
});
