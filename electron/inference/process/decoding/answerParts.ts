import type { DecodeTensor } from '../../../../shared/contracts/decoding/messages.ts';
import { firstByCells, type PointCell } from '../../../../shared/prompts/readCandidates.ts';

const logitsCount = 256 * 256;

export interface AnswerParts {
  readonly first: { readonly candidate: number; readonly predictedIou: number; readonly logits: Float32Array };
  /** The outputs, the masks without the first one's. */
  readonly rest: DecodeTensor[];
  /** Logits of all, in the decoder's order. */
  readonly candidates: readonly Float32Array[];
}

/**
 * A decoder's answer in two: the candidate to show, and the rest.
 * @param outputs [1, n, 256, 256] masks and [1, n] predicted IoU
 * @throws Error for other outputs
 */
export const answerParts = (outputs: readonly DecodeTensor[], cells: readonly PointCell[]): AnswerParts => {
  const [masks, ious] = outputs;
  const count = (masks?.data.length ?? 0) / logitsCount;
  if (masks === undefined || ious === undefined || !Number.isInteger(count) || count < 1 || ious.data.length !== count) {
    throw new Error(`the decoder gave ${outputs.map(({ name, dims }) => `${name} [${dims.join(', ')}]`).join(', ')}, where masks of 256 x 256 and as many predicted IoU were expected`);
  }
  // A part of an array is sent with all of it.
  const candidates = Array.from({ length: count }, (_, index) => masks.data.slice(index * logitsCount, (index + 1) * logitsCount));
  const candidate = firstByCells(candidates.map((logits, index) => ({ logits, predictedIou: ious.data[index] as number })), cells);
  const others = new Float32Array((count - 1) * logitsCount);
  candidates.filter((_, index) => index !== candidate).forEach((logits, place) => others.set(logits, place * logitsCount));
  return {
    first: { candidate, predictedIou: ious.data[candidate] as number, logits: candidates[candidate] as Float32Array },
    rest: [{ name: masks.name, dims: [1, count - 1, 256, 256], data: others }, ious],
    candidates,
  };
};
