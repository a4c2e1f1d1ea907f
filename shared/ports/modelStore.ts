import type { ModelId } from '../domain/ids.ts';
import type { ModelStatus, PullProgress } from '../domain/model.ts';

/** Weights on this machine: what is known, what is there, and how it gets there. */
export interface ModelStore {
  list(): Promise<readonly ModelStatus[]>;
  /** Digests the file again instead of trusting its size and date. */
  verify(modelId: ModelId): Promise<ModelStatus>;
  /** Takes the weights off this machine; what has them loaded keeps them until it ends. @throws ExpectedError model_unknown, permission_denied */
  remove(modelId: ModelId): Promise<ModelStatus>;
  /**
   * Downloads, resumes, verifies and places the weights; at once when they are there. Several processes may pull the same model.
   * @throws ExpectedError model_unknown, offline, download_failed, model_corrupt, disk_full; CancelledError
   */
  pull(modelId: ModelId, options?: { signal?: AbortSignal; onProgress?: (progress: PullProgress) => void }): Promise<ModelStatus>;
}
