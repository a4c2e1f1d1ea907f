import { rejectReasonLabels, rejectReasons, type RejectReason } from '../../../shared/domain/verdict.ts';
import { toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import { startRejection, useRejection } from '../../stores/rejection.ts';
import type { Action } from '../action.ts';
import { canJudgeChosen, judgeChosen } from './judgeChosen.ts';
import { isListFocused } from './listFocus.ts';

const isOpen = (): boolean => useOverlay.getState().open === 'bulkReject';

/** Shows the reasons for the chosen ones, while the list has the keyboard. */
export const rejectChosen: Action = {
  id: 'bulkReject',
  label: 'Reject the chosen items…',
  group: 'Chosen items',
  keys: ['Backspace'],
  when: () => useOverlay.getState().open === null && isListFocused() && canJudgeChosen(),
  run: () => {
    startRejection(useRejection.getState().lastReason);
    toggleOverlay('bulkReject');
  },
};

/** Rejects all of them for this reason, each with the note that was written. */
export const rejectChosenFor = (reason: RejectReason): void => {
  // Its button can be pressed once more while the form goes away.
  if (!isOpen()) return;
  const note = useRejection.getState().note?.trim() ?? '';
  useRejection.setState({ lastReason: reason });
  judgeChosen({ kind: 'reject', reason, note: note === '' ? null : note });
};

/** Opens the note's field; the panel puts the keyboard into it. */
export const rejectChosenNote: Action = {
  id: 'bulkReject.note',
  label: 'Write a note to the rejection of the chosen items',
  group: 'Chosen items',
  context: 'bulkReject',
  keys: ['N'],
  when: isOpen,
  run: () => useRejection.setState(({ note }) => ({ note: note ?? '', wantsFocus: Date.now() })),
};

/** One action a reason, on the digits in the domain's order. */
export const rejectChosenActions: readonly Action[] = rejectReasons.map((reason, index) => ({
  id: `bulkReject.${reason}`,
  label: `Reject the chosen items: ${rejectReasonLabels[reason]}`,
  group: 'Chosen items',
  context: 'bulkReject',
  keys: [String(index + 1)],
  when: () => isOpen() && canJudgeChosen(),
  run: () => rejectChosenFor(reason),
}));
