import type { Sha256 } from '../domain/ids.ts';
import type { FloatTensor } from '../prompts/decoderFeeds.ts';

/** Embeddings on this machine's disk, for every store of this person; the least recently used goes first. */
export interface EmbeddingCache {
  /** The file of a whole embedding (shared/prompts/embeddingFile.ts), used now; null: none. One that is damaged is removed and counts as none. */
  find(key: Sha256): Promise<string | null>;
  /** Its bytes, as {@link find}. */
  read(key: Sha256): Promise<Uint8Array | null>;
  /**
   * Keeps an embedding and makes room by removing others.
   * @returns its file; null where it could not be kept (a full disk, a folder that may not be written), which is told once until it works again
   */
  put(key: Sha256, tensors: readonly FloatTensor[]): Promise<string | null>;
}
