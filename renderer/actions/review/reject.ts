import { core } from '../../bridge/core.ts';
import { rejectReasonLabels, rejectReasons, type RejectReason } from '../../../shared/domain/verdict.ts';
import { activeAsset } from '../../stores/panes.ts';
import { closeOverlay, openOverlay, useOverlay } from '../../stores/overlay.ts';
import { likelyReason, startRejection, useRejection } from '../../stores/rejection.ts';
import type { Action } from '../action.ts';
import { canJudge, giveVerdict } from './giveVerdict.ts';

const isOpen = (): boolean => useOverlay.getState().open === 'reject';

/** Shows the reasons; a digit or a click on one rejects. */
export const reject: Action = {
  id: 'reject',
  label: 'Reject…',
  group: 'Verdict',
  keys: ['Backspace'],
  when: canJudge,
  run: () => {
    if (isOpen()) return closeOverlay();
    const asset = activeAsset();
    if (asset === null) return;
    startRejection(likelyReason(asset));
    openOverlay('reject');
  },
};

/** Rejects for this reason, with the note that was written. */
export const rejectFor = (reason: RejectReason): void => {
  // Its button can be pressed once more while the form goes away; by then the next item is in hand.
  if (!isOpen()) return;
  const note = useRejection.getState().note?.trim() ?? '';
  closeOverlay();
  useRejection.setState({ lastReason: reason });
  giveVerdict({
    kind: 'reject',
    done: 'Rejected',
    participle: 'rejected',
    takesEdit: false,
    movesOn: true,
    ask: (asset, expectedHead) => core().review.reject({ asset, expectedHead, reason, note: note === '' ? null : note }),
  });
};

/** One action a reason, on the digits in the domain's order. */
export const rejectActions: readonly Action[] = rejectReasons.map((reason, index) => ({
  id: `reject.${reason}`,
  label: `Reject: ${rejectReasonLabels[reason]}`,
  group: 'Verdict',
  context: 'reject',
  keys: [String(index + 1)],
  when: () => isOpen() && canJudge(),
  run: () => rejectFor(reason),
}));

/** Opens the note's field; the panel puts the keyboard into it. */
export const rejectNote: Action = {
  id: 'reject.note',
  label: 'Write a note to the rejection',
  group: 'Verdict',
  keys: ['N'],
  when: () => isOpen() && canJudge(),
  run: () => useRejection.setState(({ note }) => ({ note: note ?? '', wantsFocus: Date.now() })),
};
