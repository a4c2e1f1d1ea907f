import type { ModelStatus } from '../../../shared/domain/model.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ModelStore } from '../../../shared/ports/modelStore.ts';

/** @returns what is wrong with a model's weights and how to mend it; null: they are ready */
export const weightsTrouble = ({ state, label, modelId }: ModelStatus): ExpectedError | null => {
  if (state === 'ready') return null;
  const trouble = state === 'missing' ? 'are not on this machine' : 'are damaged';
  const sentence = `The weights of ${label} (${modelId}) ${trouble}. Run "maskdesk models pull ${modelId}", or choose Download in the models list.`;
  return new ExpectedError(state === 'missing' ? 'model_missing' : 'model_corrupt', sentence);
};

/** Tells whether weights are to blame when a model does not work. */
export class Weights {
  readonly #models: Pick<ModelStore, 'list' | 'verify'>;
  /** Of weights whose size and date say that they are right: hundreds of megabytes, read once, not at each picture. */
  readonly #verified = new Map<ModelId, Promise<ModelStatus>>();

  constructor(models: Pick<ModelStore, 'list' | 'verify'>) {
    this.#models = models;
  }

  async readyModels(): Promise<readonly ModelId[]> {
    return (await this.#models.list()).flatMap((model) => (model.task === 'foreground' && model.state === 'ready' ? [model.modelId] : []));
  }

  /** @returns null when the weights are there and every byte is as published */
  async troubleOf(modelId: ModelId): Promise<ExpectedError | null> {
    const listed = (await this.#models.list()).find((model) => model.modelId === modelId);
    if (listed === undefined) return new ExpectedError('model_missing', `There is no model ${modelId} any more.`);
    const trouble = weightsTrouble(listed);
    if (trouble !== null) return trouble;
    let verified = this.#verified.get(modelId);
    if (verified === undefined) {
      verified = this.#models.verify(modelId);
      this.#verified.set(modelId, verified);
    }
    return weightsTrouble(await verified);
  }

  /** Reads them again when asked next. */
  forget(): void {
    this.#verified.clear();
  }
}
