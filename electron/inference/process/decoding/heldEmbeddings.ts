import type { Tensor } from 'onnxruntime-node';
import type { DecoderSignature, SlotTensor } from '../../../../shared/prompts/decoderSignature.ts';
import type { SessionSpec } from '../../protocol.ts';

/** An embedding that waits for prompts, in the form in which its decoder takes it. */
export interface HeldEmbedding {
  readonly spec: SessionSpec;
  readonly signature: DecoderSignature;
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** For the model's square: see fitPrompt. */
  readonly tensors: readonly SlotTensor[];
  readonly heldBytes: number;
}

/** Embeddings by key, least recently used dropped first once their bytes are more than the limit. */
export class HeldEmbeddings {
  readonly #held = new Map<string, HeldEmbedding>();
  #bytes = 0;

  /** Counts as a use. */
  get(key: string): HeldEmbedding | null {
    const found = this.#held.get(key);
    if (found === undefined) return null;
    this.#held.delete(key);
    this.#held.set(key, found);
    return found;
  }

  /**
   * The newest stays even where it alone is more than the limit: somebody is about to use it.
   * @returns keys that had to go
   */
  put(key: string, embedding: HeldEmbedding, maxHeldBytes: number): string[] {
    this.drop(key);
    this.#held.set(key, embedding);
    this.#bytes += embedding.heldBytes;
    return this.shrink(maxHeldBytes);
  }

  /** @returns keys that had to go */
  shrink(maxHeldBytes: number): string[] {
    const dropped: string[] = [];
    while (this.#bytes > maxHeldBytes && this.#held.size > 1) {
      const oldest = this.#held.keys().next().value as string;
      this.drop(oldest);
      dropped.push(oldest);
    }
    return dropped;
  }

  drop(key: string): void {
    const found = this.#held.get(key);
    if (found === undefined) return;
    this.#held.delete(key);
    this.#bytes -= found.heldBytes;
    for (const tensor of Object.values(found.inputs)) tensor.dispose();
  }

  dropAll(): void {
    for (const key of [...this.#held.keys()]) this.drop(key);
  }
}
