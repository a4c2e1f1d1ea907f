import { rejectReasonLabels, rejectReasons } from '../../../shared/domain/verdict.ts';
import { toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';
import { canJudgeChosen, judgeChosen } from './judgeChosen.ts';
import { isListFocused } from './listFocus.ts';

/** Shows the reasons for the chosen ones, while the list has the keyboard. */
export const rejectChosen: Action = {
  id: 'bulkReject',
  label: 'Reject the chosen items…',
  group: 'Verdict',
  keys: ['Backspace'],
  when: () => useOverlay.getState().open === null && isListFocused() && canJudgeChosen(),
  run: () => toggleOverlay('bulkReject'),
};

/** One action a reason, on the digits in the domain's order. */
export const rejectChosenActions: readonly Action[] = rejectReasons.map((reason, index) => ({
  id: `bulkReject.${reason}`,
  label: `Reject the chosen items: ${rejectReasonLabels[reason]}`,
  group: 'Verdict',
  context: 'bulkReject',
  keys: [String(index + 1)],
  when: () => useOverlay.getState().open === 'bulkReject' && canJudgeChosen(),
  run: () => judgeChosen({ kind: 'reject', reason, note: null }),
}));
