import { core } from '../../bridge/core.ts';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { BatchId, ModelId } from '../../../shared/domain/ids.ts';
import { activeAsset } from '../../stores/panes.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { foregroundModels, useModels } from '../../stores/models.ts';
import { closeOverlay, toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import { chosenModels, chosenThreshold, useRerunChoice } from '../../stores/rerunChoice.ts';
import { useSettings } from '../../stores/settings.ts';
import { refreshQueue } from '../../stores/queue.ts';
import type { Action } from '../action.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { openRef } from '../desk/openItem.ts';
import { chooseAmongRuns } from './chooseMask.ts';
import { expectResult, stopExpecting } from './modelResults.ts';
import { logStep } from './undoSteps.ts';
import { undoThisStep } from './undoVerdict.ts';

export const rerun: Action = {
  id: 'rerun',
  label: 'Re-run a model…',
  group: 'Verdict',
  keys: ['R'],
  when: () => activeAsset() !== null,
  run: () => toggleOverlay('rerun'),
};

const readyModels = (): readonly ModelStatus[] => chosenModels(foregroundModels(useModels.getState().models), useRerunChoice.getState()).filter(({ state }) => state === 'ready');

/** Cancels it where it waits still, and puts back the mask that its result replaced, unless somebody has worked on that since. */
const takeBack = async (asset: AssetRef, batchId: BatchId): Promise<void> => {
  const { cancelled, restored } = await core().segmentation.undoRerun({ batchId });
  stopExpecting(asset);
  forgetContexts();
  await refreshQueue();
  await openRef(asset);
  const outcome = restored > 0 ? 'its mask from before is back' : cancelled > 0 ? 'nothing was made' : 'its result stays as a version, since the mask was worked on';
  notify({ level: 'info', topic: `rerun:${asset.id}`, message: `Re-run of ${asset.id} taken back: ${outcome}` });
};

const startOne = async (modelId: ModelId, threshold: number): Promise<void> => {
  const asset = activeAsset();
  if (asset === null) return;
  const ref = { kind: asset.kind, id: asset.id };
  const { added, batchId } = await core().segmentation.rerun({ assets: [ref], modelId, threshold });
  const topic = `rerun:${asset.id}`;
  if (added === 0) return void notify({ level: 'info', message: `${modelId} with this threshold is already in line for ${asset.id}`, topic });
  expectResult(ref);
  const step = logStep(() => takeBack(ref, batchId));
  notify({ level: 'info', message: `${modelId} is working on ${asset.id}`, topic, buttons: [{ label: 'Undo', run: () => undoThisStep(step) }] });
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
