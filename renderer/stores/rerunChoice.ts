import { create } from 'zustand';
import type { ModelId } from '../../shared/domain/ids.ts';
import type { ModelStatus } from '../../shared/domain/model.ts';

interface RerunChoice {
  /** Null: the default model. */
  readonly modelIds: readonly ModelId[] | null;
  readonly threshold: number;
}

/** What the re-run form stands at; kept while the session lasts, since one choice often helps the next item as well. */
export const useRerunChoice = create<RerunChoice>(() => ({ modelIds: null, threshold: 0.5 }));

/** In the order in which they are listed. Before anybody chose: the default one. */
export const chosenModels = (models: readonly ModelStatus[], { modelIds }: Pick<RerunChoice, 'modelIds'>): readonly ModelStatus[] => {
  if (modelIds !== null) return models.filter(({ modelId }) => modelIds.includes(modelId));
  const standard = models.find(({ isDefault }) => isDefault) ?? models[0];
  return standard === undefined ? [] : [standard];
};

export const toggleModel = (models: readonly ModelStatus[], modelId: ModelId): void =>
  useRerunChoice.setState((choice) => {
    const chosen = chosenModels(models, choice).map((model) => model.modelId);
    return { modelIds: chosen.includes(modelId) ? chosen.filter((other) => other !== modelId) : [...chosen, modelId] };
  });
