import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';

/** Something that no photo is to blame for: work waits instead of failing every asset in turn. */
export interface Obstacle {
  readonly code: ErrorCode;
  /** A sentence: what keeps work from going on, and what to do. */
  readonly message: string;
  /** weights: until the model's weights are right · time: tried again after a while · person: until somebody starts the work again. */
  readonly until: 'weights' | 'time' | 'person';
}

const ofTheMachine: Readonly<Partial<Record<ErrorCode, Obstacle['until']>>> = {
  model_missing: 'weights',
  model_corrupt: 'weights',
  disk_full: 'time',
  permission_denied: 'time',
  store_locked: 'time',
};

/** So many crashes on different photos in a row are no photo's fault. */
const crashesInARow = 3;

/** Tells obstacles from failures of single photos. */
export class Obstacles {
  #crashes = 0;

  succeeded(): void {
    this.#crashes = 0;
  }

  /** @returns the obstacle that the error shows, or null when it is the photo's own */
  of(error: unknown): Obstacle | null {
    if (!(error instanceof ExpectedError)) return null;
    const until = ofTheMachine[error.code];
    if (until !== undefined) return { code: error.code, message: error.message, until };
    if (error.code !== 'inference_crashed') return null;
    this.#crashes++;
    if (this.#crashes < crashesInARow) return null;
    this.#crashes = 0;
    return { code: error.code, message: `${error.message} This happened on several pictures in a row, so the work was stopped. Run "maskdesk doctor".`, until: 'person' };
  }
}
