import type { ModelId } from '../../../shared/domain/ids.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Obstacle } from './obstacles.ts';

/** Obstacles of the machine are tried again after so long. */
const retryAfterMs = 10_000;

/** What stands in the way now: of everything, or of single models while the others work on. */
export class Blocks {
  #machine: { readonly obstacle: Obstacle; readonly sinceMs: number } | null = null;
  readonly #models = new Map<ModelId, Obstacle>();

  /** Whether nothing at all can be done. */
  get everything(): boolean {
    return this.#machine !== null;
  }

  get modelIds(): readonly ModelId[] {
    return [...this.#models.keys()];
  }

  /** The one to tell people about; null: nothing is in the way. */
  get obstacle(): Obstacle | null {
    return this.#machine?.obstacle ?? this.#models.values().next().value ?? null;
  }

  stops(modelId: ModelId): boolean {
    return this.everything || this.#models.has(modelId);
  }

  /** Whether work of this model that ended with this code met an obstacle that is known. */
  explains(code: ErrorCode, modelId: ModelId): boolean {
    return this.#machine?.obstacle.code === code || this.#models.get(modelId)?.code === code;
  }

  /** @returns false when it was known */
  add(obstacle: Obstacle, modelId: ModelId, nowMs: number): boolean {
    if (this.explains(obstacle.code, modelId)) return false;
    if (obstacle.until === 'time') this.#machine = { obstacle, sinceMs: nowMs };
    else this.#models.set(modelId, obstacle);
    return true;
  }

  /** Somebody wants work to be done: what stood in the way is tried again. @param modelId absent: every model */
  forget(modelId?: ModelId): void {
    this.#machine = null;
    if (modelId === undefined) this.#models.clear();
    else this.#models.delete(modelId);
  }

  /**
   * Lifts what has been overcome.
   * @param readyModels asked only while a model waits for its weights
   * @returns whether anything was lifted
   */
  async lift(nowMs: number, readyModels: () => Promise<readonly ModelId[]>): Promise<boolean> {
    let lifted = false;
    if (this.#machine !== null && nowMs - this.#machine.sinceMs >= retryAfterMs) {
      this.#machine = null;
      lifted = true;
    }
    if (![...this.#models.values()].some(({ until }) => until === 'weights')) return lifted;
    for (const modelId of await readyModels()) {
      if (this.#models.get(modelId)?.until !== 'weights') continue;
      this.#models.delete(modelId);
      lifted = true;
    }
    return lifted;
  }
}
