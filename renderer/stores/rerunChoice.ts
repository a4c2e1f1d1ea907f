import { create } from 'zustand';
import type { ModelId } from '../../shared/domain/ids.ts';
import type { ModelStatus } from '../../shared/domain/model.ts';

interface RerunChoice {
  /** Null: the default model. */
  readonly modelId: ModelId | null;
  readonly threshold: number;
}

/** What the re-run form stands at; kept while the session lasts, since one choice often helps the next item as well. */
export const useRerunChoice = create<RerunChoice>(() => ({ modelId: null, threshold: 0.5 }));

export const chosenModel = (models: readonly ModelStatus[], { modelId }: Pick<RerunChoice, 'modelId'>): ModelStatus | null =>
  models.find((model) => model.modelId === modelId) ?? models.find(({ isDefault }) => isDefault) ?? models[0] ?? null;
