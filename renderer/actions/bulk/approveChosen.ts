import { useOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';
import { canJudgeChosen, judgeChosen } from './judgeChosen.ts';
import { isListFocused } from './listFocus.ts';

/** Enter is for the chosen ones only while the list has the keyboard, where the button says how many they are. */
export const approveChosen: Action = {
  id: 'bulk.approve',
  label: 'Approve the chosen items',
  group: 'Chosen items',
  keys: ['Enter'],
  when: () => useOverlay.getState().open === null && isListFocused() && canJudgeChosen(),
  run: () => judgeChosen({ kind: 'approve' }),
};
