import type { ModelId } from '../../../shared/domain/ids.ts';
import type { ModelStore } from '../../../shared/ports/modelStore.ts';

/** Whether weights are to blame. */
export class Weights {
  readonly #models: Pick<ModelStore, 'list' | 'verify'>;
  /** Digests of weights whose size and date say that they are right: hundreds of megabytes, read once, not at each picture. */
  readonly #verified = new Map<ModelId, Promise<boolean>>();

  constructor(models: Pick<ModelStore, 'list' | 'verify'>) {
    this.#models = models;
  }

  async readyModels(): Promise<readonly ModelId[]> {
    return (await this.#models.list()).flatMap((model) => (model.state === 'ready' ? [model.modelId] : []));
  }

  /** True when the weights are there and every byte is as published. */
  async areSound(modelId: ModelId): Promise<boolean> {
    if (!(await this.readyModels()).includes(modelId)) return false;
    let verified = this.#verified.get(modelId);
    if (verified === undefined) {
      verified = this.#models.verify(modelId).then(({ state }) => state === 'ready');
      this.#verified.set(modelId, verified);
    }
    return verified;
  }

  /** Looks again when asked next. */
  forget(): void {
    this.#verified.clear();
  }
}
