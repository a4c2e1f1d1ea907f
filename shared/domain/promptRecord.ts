import type { ModelId, Sha256 } from './ids.ts';

/**
 * The prompts that a revision's mask came from: enough to open them again and to get the same mask. Plain JSON. Places are image px of
 * the upright photo, as in shared/prompts/prompt.ts.
 */
export interface PromptRecord {
  readonly modelId: ModelId;
  /** Of the encoder's file: another one gives other masks. */
  readonly weightsSha256: Sha256;
  readonly decoderSha256: Sha256;
  readonly points: readonly { readonly xImagePx: number; readonly yImagePx: number; readonly label: 0 | 1 }[];
  readonly box: { readonly x0ImagePx: number; readonly y0ImagePx: number; readonly x1ImagePx: number; readonly y1ImagePx: number } | null;
  /** Whether the mask that was there was a prompt too. */
  readonly fromMask: boolean;
  readonly join: 'replace' | 'add' | 'subtract' | 'intersect';
  /** How the points were answered, as PromptChain in shared/prompts/promptChain.ts: each continuing from the answer before it, or all at once. */
  readonly chain: 'none' | 'points';
  /** How small a speck was cleaned from the answer, as Cleaning in shared/prompts/cleanLogits.ts; 0: none. */
  readonly cleanCells: number;
  /** Which of the decoder's candidates was taken, counted from 0 as the decoder gave them. */
  readonly candidate: number;
  readonly predictedIou: number;
  /** The mask that the answer was joined with; null where it replaced it and was not prompted from it. */
  readonly baseMaskSha256: Sha256 | null;
}
