import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import type { Candidate, Prompt } from '../../../shared/prompts/prompt.ts';

/** Where an answer was computed: the decoding process, the window itself (two ways), or the core on the window's behalf. */
export type DecoderBackend = 'native' | 'wasm' | 'webgpu' | 'core';

export interface DecodeOptions {
  /** Nobody wants the answer any more. */
  readonly signal?: AbortSignal;
  /**
   * Asks that replace each other: of those with the same number that still wait, only the newest is answered, the others are cancelled. Without
   * one an ask is never replaced.
   */
  readonly lane?: number;
  /** Told of the candidate to show first (shared/prompts/readCandidates.ts) where it comes ahead of the others; its logits are those of the answer. */
  readonly onFirst?: OnFirst;
}

export type OnFirst = (candidate: Candidate) => void;

export interface DecodedCandidates {
  /** At least one, as the decoder gave them. */
  readonly candidates: readonly Candidate[];
  /** In the model alone. */
  readonly decodeMs: number;
  readonly backend: DecoderBackend;
}

/** Answers prompts about a photo that was prepared. The photo itself is never sent. */
export interface PromptDecoder {
  /**
   * @throws CancelledError when aborted or replaced; RangeError for an empty prompt; ExpectedError not_found (the embedding is gone: prepare it
   * again), inference_failed, offline
   */
  decode(embedding: PreparedEmbedding, prompt: Prompt, options?: DecodeOptions): Promise<DecodedCandidates>;
}
