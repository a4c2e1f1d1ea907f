import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { FloatTensor } from '../../../shared/prompts/decoderFeeds.ts';

const bytesOf = (tensors: readonly FloatTensor[]): number => tensors.reduce((sum, { data }) => sum + data.byteLength, 0);

/** Embeddings that could not be kept on disk, in memory up to a limit; the newest stays in any case. */
export class LooseEmbeddings {
  readonly #limitBytes: () => number;
  /** The least recently used first. */
  readonly #kept = new Map<Sha256, readonly FloatTensor[]>();

  constructor(limitBytes: () => number) {
    this.#limitBytes = limitBytes;
  }

  get bytes(): number {
    return [...this.#kept.values()].reduce((sum, tensors) => sum + bytesOf(tensors), 0);
  }

  get(key: Sha256): readonly FloatTensor[] | null {
    const found = this.#kept.get(key);
    if (found === undefined) return null;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found;
  }

  keep(key: Sha256, tensors: readonly FloatTensor[]): void {
    this.#kept.delete(key);
    this.#kept.set(key, tensors);
    for (const oldest of this.#kept.keys()) {
      if (oldest === key || this.bytes <= this.#limitBytes()) return;
      this.#kept.delete(oldest);
    }
  }

  drop(key: Sha256): void {
    this.#kept.delete(key);
  }
}
