import type { DecodeTensor } from '../../shared/contracts/decoding/messages.ts';
import type { Disposable } from '../base/disposables.ts';
import type { ModelFile } from './inferenceHost.ts';

/** What a hold did. */
export interface HeldEmbedding {
  /** Of its tensors, in the decoding process. */
  readonly heldBytes: number;
  /** Keys that had to go for it, least recently used first. */
  readonly droppedKeys: readonly string[];
}

export interface DecodedOutputs {
  /** In the order of `fetches`. */
  readonly outputs: readonly DecodeTensor[];
  /** In the decoder's run alone. */
  readonly inferenceMs: number;
}

/** The process that answers prompts: it holds embeddings, so that a prompt sends none, and runs nothing else, so that a prompt waits for nothing. */
export interface DecoderHost extends Disposable {
  /**
   * Has the process read an embedding and keep it, and load its decoder and warm it; at once where it is held already. What was used longest ago
   * goes when the limit in bytes is reached.
   * @param file as shared/prompts/embeddingFile.ts writes it
   * @throws ExpectedError model_corrupt, file_unreadable (the embedding: make it again), out_of_memory, inference_crashed; CancelledError
   */
  hold(key: string, decoder: ModelFile, file: string): Promise<HeldEmbedding>;
  /** Whether the process that runs now holds it. */
  isHeld(key: string): boolean;
  /** Lets it go; nothing where it is not held. */
  drop(key: string): void;
  /** How many bytes may be held from now on. */
  setMaxHeldBytes(maxHeldBytes: number): void;
  /**
   * Answers a prompt about a held embedding.
   * @throws ExpectedError not_found (the key is not held, as after the process died), inference_failed; CancelledError
   */
  decode(key: string, feeds: readonly DecodeTensor[], fetches: readonly string[], options?: { readonly signal?: AbortSignal | undefined }): Promise<DecodedOutputs>;
  dispose(): Promise<void>;
}
