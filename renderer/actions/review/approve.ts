import { core } from '../../bridge/core.ts';
import { useOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';
import { canJudge, giveVerdict, type VerdictKindSpec } from './giveVerdict.ts';

const spec: VerdictKindSpec = {
  kind: 'approve',
  done: 'Approved',
  participle: 'approved',
  takesEdit: true,
  movesOn: true,
  ask: (asset, expectedHead, maskSha256, beside) => core().review.approve({ asset, expectedHead, maskSha256, ...beside }),
};

export const approve: Action = {
  id: 'approve',
  label: 'Approve and next',
  group: 'Verdict',
  keys: ['Enter'],
  // Under an open list Enter is not meant for the mask.
  when: () => useOverlay.getState().open === null && canJudge(),
  run: () => giveVerdict(spec),
};
