import { create } from 'zustand';
import type { Settings } from '../../shared/contracts/rpc/app.ts';
import type { ModelId } from '../../shared/domain/ids.ts';
import type { ModelStatus } from '../../shared/domain/model.ts';

interface RerunChoice {
  /** Null: the default model. */
  readonly modelIds: readonly ModelId[] | null;
  /** Null: as it is set for the store. */
  readonly threshold: number | null;
}

/** What the re-run form stands at; kept while the session lasts, since one choice often helps the next item as well. */
export const useRerunChoice = create<RerunChoice>(() => ({ modelIds: null, threshold: null }));

/** What a re-run begins with: what was chosen in this session, else what is set for the store. */
export const chosenThreshold = ({ threshold }: Pick<RerunChoice, 'threshold'>, settings: Pick<Settings, 'threshold'> | null): number => threshold ?? settings?.threshold ?? 0.5;

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
