import { core } from '../../bridge/core.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { activePane } from '../../stores/panes.ts';
import type { Action } from '../action.ts';
import { canJudge, giveVerdict, type VerdictKindSpec } from './giveVerdict.ts';

const spec: VerdictKindSpec = {
  kind: 'reopen',
  done: 'Reopened',
  participle: 'reopened',
  takesEdit: false,
  movesOn: false,
  ask: (asset, expectedHead) => core().review.reopen({ asset, expectedHead }),
};

const isJudged = (): boolean => {
  const state = activePane().asset?.state;
  return state === 'approved' || state === 'rejected';
};

/** Back to review by a person's wish: what was approved is withdrawn. The item stays on the desk. */
export const reopen: Action = {
  id: 'reopen',
  label: 'Reopen for review',
  group: 'Verdict',
  keys: ['Shift+R'],
  when: () => useOverlay.getState().open === null && canJudge() && isJudged(),
  run: () => giveVerdict(spec),
};
