import { core } from '../../bridge/core.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import { clearChosen, useBulkSelection } from '../../stores/bulkSelection.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';
import { canJudgeChosen } from './judgeChosen.ts';
import { isListFocused } from './listFocus.ts';

/** Shows which model with which threshold, while the list has the keyboard. */
export const rerunChosen: Action = {
  id: 'bulkRerun',
  label: 'Re-run a model on the chosen items…',
  group: 'Verdict',
  keys: ['R'],
  when: () => useOverlay.getState().open === null && isListFocused() && canJudgeChosen(),
  run: () => toggleOverlay('bulkRerun'),
};

const start = async (modelId: ModelId, threshold: number): Promise<void> => {
  const assets = [...useBulkSelection.getState().chosen.values()].map(({ asset }) => asset);
  const { added } = await core().segmentation.rerun({ assets, modelId, threshold });
  clearChosen();
  const waiting = assets.length - added;
  const others = waiting > 0 ? ` ${waiting.toLocaleString()} were in line for it already.` : '';
  notify({ level: 'info', topic: 'bulkRerun', message: `${modelId} makes ${added.toLocaleString()} ${added === 1 ? 'mask' : 'masks'} anew.${others}` });
};

/** The form's button. */
export const startRerun = (modelId: ModelId, threshold: number): void => {
  closeOverlay();
  inBackground(start(modelId, threshold), 'bulkRerun');
};
