import type { ModelId } from '../../../shared/domain/ids.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';

/** Something that no photo is to blame for: work waits instead of failing every asset in turn. */
export interface Obstacle {
  readonly code: ErrorCode;
  /** A sentence: what keeps work from going on, and what to do. */
  readonly message: string;
  /**
   * weights: one model waits until its weights are right · person: one model waits until somebody starts the work again · time: everything
   * waits and is tried again after a while.
   */
  readonly until: 'weights' | 'time' | 'person';
}

const untilOf: Readonly<Partial<Record<ErrorCode, Obstacle['until']>>> = {
  model_missing: 'weights',
  model_corrupt: 'weights',
  disk_full: 'time',
  permission_denied: 'time',
  store_locked: 'time',
};

/** So many crashes of a model on different photos in a row are no photo's fault. */
const crashesInARow = 3;

/** Tells obstacles from failures of single photos. */
export class Obstacles {
  readonly #crashes = new Map<ModelId, number>();

  succeeded(modelId: ModelId): void {
    this.#crashes.delete(modelId);
  }

  /** @returns the obstacle that the error shows, or null when it is the photo's own */
  of(error: unknown, modelId: ModelId): Obstacle | null {
    if (!(error instanceof ExpectedError)) return null;
    const until = untilOf[error.code];
    if (until !== undefined) return { code: error.code, message: error.message, until };
    if (error.code !== 'inference_crashed') return null;
    const crashes = (this.#crashes.get(modelId) ?? 0) + 1;
    this.#crashes.set(modelId, crashes);
    if (crashes < crashesInARow) return null;
    this.#crashes.delete(modelId);
    return { code: error.code, message: `${error.message} This happened on several pictures in a row, so ${modelId} was stopped. Run "maskdesk doctor".`, until: 'person' };
  }
}
