import type { DecodeTensor } from '../../../../shared/contracts/decoding/messages.ts';

/** About a megabyte each: more than a window keeps itself (renderer/editor/prompts/promptAnswers.ts) would never be asked for. */
const mostKept = 24;

/** The answer is not kept any more. */
export class ForgottenError extends Error {
  override readonly name = 'ForgottenError';
}

/** What one window was answered lately, by its request: whoever continues from an answer names it and need not send it back. */
export class LatestAnswers {
  readonly #kept = new Map<number, readonly Float32Array[]>();

  /** @param candidates the logits, 256 x 256 each */
  keep(requestId: number, candidates: readonly Float32Array[]): void {
    this.#kept.set(requestId, candidates);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** As the feed of the next prompt. Counts as a use. @throws ForgottenError */
  maskInput(requestId: number, candidate: number): DecodeTensor {
    const candidates = this.#kept.get(requestId);
    const data = candidates?.[candidate];
    if (candidates === undefined || data === undefined) throw new ForgottenError(`candidate ${candidate} of answer ${requestId} is not kept`);
    this.#kept.delete(requestId);
    this.#kept.set(requestId, candidates);
    return { name: 'mask_input', dims: [1, 1, 256, 256], data };
  }
}
