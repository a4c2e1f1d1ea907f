import { core } from '../../bridge/core.ts';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import { activeAsset } from '../../stores/panes.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { useModels } from '../../stores/models.ts';
import { closeOverlay, toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import { chosenModels, chosenThreshold, useRerunChoice } from '../../stores/rerunChoice.ts';
import { useSettings } from '../../stores/settings.ts';
import type { Action } from '../action.ts';
import { chooseAmongRuns } from './chooseMask.ts';
import { expectResult } from './modelResults.ts';

export const rerun: Action = {
  id: 'rerun',
  label: 'Re-run a model…',
  group: 'Verdict',
  keys: ['R'],
  when: () => activeAsset() !== null,
  run: () => toggleOverlay('rerun'),
};

const readyModels = (): readonly ModelStatus[] => chosenModels(useModels.getState().models, useRerunChoice.getState()).filter(({ state }) => state === 'ready');

const startOne = async (modelId: ModelId, threshold: number): Promise<void> => {
  const asset = activeAsset();
  if (asset === null) return;
  const ref = { kind: asset.kind, id: asset.id };
  const { added } = await core().segmentation.rerun({ assets: [ref], modelId, threshold });
  if (added > 0) expectResult(ref);
  const message = added > 0 ? `${modelId} is working on ${asset.id}` : `${modelId} with this threshold is already in line for ${asset.id}`;
  notify({ level: 'info', message, topic: `rerun:${asset.id}` });
};

/** The form's button: its models, its threshold, on what the active pane shows. Answers of several are chosen from. */
export const rerunNow: Action = {
  id: 'rerun.now',
  label: 'Run the chosen models',
  group: 'Verdict',
  context: 'rerun',
  keys: ['Enter'],
  when: () => useOverlay.getState().open === 'rerun' && readyModels().length > 0,
  run: () => {
    const [first, ...others] = readyModels();
    const threshold = chosenThreshold(useRerunChoice.getState(), useSettings.getState().settings);
    if (first === undefined) return;
    closeOverlay();
    if (others.length === 0) inBackground(startOne(first.modelId, threshold), 'rerun');
    else chooseAmongRuns([first, ...others].map(({ modelId }) => modelId), threshold);
  },
};
