import { core } from '../../bridge/core.ts';
import { rejectReasonLabels, rejectReasons, type RejectReason } from '../../../shared/domain/verdict.ts';
import { closeOverlay, toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';
import { canJudge, giveVerdict } from './giveVerdict.ts';

/** Shows the reasons; a digit or a click on one rejects. */
export const reject: Action = {
  id: 'reject',
  label: 'Reject…',
  group: 'Verdict',
  keys: ['Backspace'],
  when: canJudge,
  run: () => toggleOverlay('reject'),
};

const rejectFor = (reason: RejectReason): void => {
  closeOverlay();
  giveVerdict({
    done: 'Rejected',
    participle: 'rejected',
    takesEdit: false,
    ask: (asset, expectedHead) => core().review.reject({ asset, expectedHead, reason, note: null }),
  });
};

/** One action a reason, on the digits in the domain's order. */
export const rejectActions: readonly Action[] = rejectReasons.map((reason, index) => ({
  id: `reject.${reason}`,
  label: `Reject: ${rejectReasonLabels[reason]}`,
  group: 'Verdict',
  keys: [String(index + 1)],
  when: () => useOverlay.getState().open === 'reject' && canJudge(),
  run: () => rejectFor(reason),
}));
