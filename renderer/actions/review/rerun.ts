import { core } from '../../bridge/core.ts';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import { activeAsset } from '../../stores/panes.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { useModels } from '../../stores/models.ts';
import { closeOverlay, toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import { chosenModel, useRerunChoice } from '../../stores/rerunChoice.ts';
import type { Action } from '../action.ts';
import { expectResult } from './modelResults.ts';

export const rerun: Action = {
  id: 'rerun',
  label: 'Re-run a model…',
  group: 'Verdict',
  keys: ['R'],
  when: () => activeAsset() !== null,
  run: () => toggleOverlay('rerun'),
};

const readyModel = (): ModelStatus | null => {
  const model = chosenModel(useModels.getState().models, useRerunChoice.getState());
  return model?.state === 'ready' ? model : null;
};

const start = async (modelId: ModelId, threshold: number): Promise<void> => {
  const asset = activeAsset();
  if (asset === null) return;
  const ref = { kind: asset.kind, id: asset.id };
  const { added } = await core().segmentation.rerun({ assets: [ref], modelId, threshold });
  if (added > 0) expectResult(ref);
  const message = added > 0 ? `${modelId} is working on ${asset.id}` : `${modelId} with this threshold is already in line for ${asset.id}`;
  notify({ level: 'info', message, topic: `rerun:${asset.id}` });
};

/** The form's button: its model, its threshold, on what the active pane shows. */
export const rerunNow: Action = {
  id: 'rerun.now',
  label: 'Run the chosen model',
  group: 'Verdict',
  context: 'rerun',
  keys: ['Enter'],
  when: () => useOverlay.getState().open === 'rerun' && readyModel() !== null,
  run: () => {
    const model = readyModel();
    if (model === null) return;
    closeOverlay();
    inBackground(start(model.modelId, useRerunChoice.getState().threshold), 'rerun');
  },
};
