import { core } from '../../bridge/core.ts';
import type { BatchId, ModelId } from '../../../shared/domain/ids.ts';
import { clearChosen, useBulkSelection } from '../../stores/bulkSelection.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import { refreshQueue } from '../../stores/queue.ts';
import type { Action } from '../action.ts';
import { logStep } from '../review/undoSteps.ts';
import { undoThisStep } from '../review/undoVerdict.ts';
import { canJudgeChosen } from './judgeChosen.ts';
import { isListFocused } from './listFocus.ts';

/** Shows which model with which threshold, while the list has the keyboard. */
export const rerunChosen: Action = {
  id: 'bulkRerun',
  label: 'Re-run a model on the chosen items…',
  group: 'Chosen items',
  keys: ['R'],
  when: () => useOverlay.getState().open === null && isListFocused() && canJudgeChosen(),
  run: () => toggleOverlay('bulkRerun'),
};

const some = (count: number, one: string, more: string): string => `${count.toLocaleString()} ${count === 1 ? one : more}`;

const takeBack = async (batchId: BatchId): Promise<void> => {
  const { cancelled, restored } = await core().segmentation.undoRerun({ batchId });
  await refreshQueue();
  notify({ level: 'info', topic: 'bulkRerun', message: `Re-run taken back: ${some(cancelled, 'task', 'tasks')} cancelled, ${some(restored, 'mask', 'masks')} put back` });
};

const start = async (modelId: ModelId, threshold: number): Promise<void> => {
  const assets = [...useBulkSelection.getState().chosen.values()].map(({ asset }) => asset);
  const { added, batchId } = await core().segmentation.rerun({ assets, modelId, threshold });
  clearChosen();
  const waiting = assets.length - added;
  const others = waiting > 0 ? ` ${some(waiting, 'was', 'were')} in line for it already.` : '';
  const message = `${modelId} makes ${some(added, 'mask', 'masks')} anew.${others}`;
  if (added === 0) return void notify({ level: 'info', topic: 'bulkRerun', message });
  const step = logStep(() => takeBack(batchId));
  notify({ level: 'info', topic: 'bulkRerun', message, buttons: [{ label: 'Undo', run: () => undoThisStep(step) }] });
};

/** The form's button. */
export const startRerun = (modelId: ModelId, threshold: number): void => {
  closeOverlay();
  inBackground(start(modelId, threshold), 'bulkRerun');
};
