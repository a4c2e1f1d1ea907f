import type { ModelId, Sha256 } from '../domain/ids.ts';
import type { FloatTensor } from '../prompts/decoderFeeds.ts';

export interface DecodedTensors {
  /** By name. */
  readonly outputs: readonly FloatTensor[];
  /** In the session's run alone. */
  readonly inferenceMs: number;
}

export interface DecodeInputs {
  /** Without the embedding. */
  readonly feeds: readonly FloatTensor[];
  /** Output names. */
  readonly fetches: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** The light half of prompt models, in a process that does nothing else. */
export interface PromptDecoding {
  /**
   * Has an embedding's tensors kept where prompts are answered; others may go for it.
   * @throws ExpectedError model_missing, model_corrupt, file_unreadable (make the embedding again), out_of_memory, inference_crashed; CancelledError
   */
  hold(key: Sha256, modelId: ModelId, file: string): Promise<void>;
  isHeld(key: Sha256): boolean;
  /** @throws ExpectedError not_found (not held), inference_failed; CancelledError */
  decode(key: Sha256, inputs: DecodeInputs): Promise<DecodedTensors>;
  /** With the embedding sent along, for one that there is no file of. @throws ExpectedError model_missing, inference_failed; CancelledError */
  decodeLoose(modelId: ModelId, embedding: readonly FloatTensor[], inputs: DecodeInputs): Promise<DecodedTensors>;
  /** The decoder's own file, for a decoder elsewhere. @throws ExpectedError model_unknown, model_missing, model_corrupt */
  weights(modelId: ModelId): Promise<Uint8Array>;
}
