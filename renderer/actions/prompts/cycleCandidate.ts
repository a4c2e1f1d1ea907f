import { byRank } from '../../editor/prompts/candidateOrder.ts';
import type { Side } from '../../stores/panes.ts';
import type { Action } from '../action.ts';
import { activeEditor, editorOf } from '../desk/editors.ts';

const hasOthers = (): boolean => {
  const { isOpen, waiting, predictedIous } = activeEditor().prompts.status.getState();
  return isOpen && waiting === 0 && predictedIous.length > 1;
};
const whyNot = (): string | null => (hasOthers() ? null : 'There are no prompts with several candidates.');

/** The next best, and round again. */
export const nextCandidate: Action = {
  id: 'prompts.nextCandidate',
  label: 'Next candidate of the prompts',
  group: 'Prompts',
  keys: ['C'],
  when: hasOthers,
  whyNot,
  run: () => void activeEditor().prompts.cycle(1),
};

export const previousCandidate: Action = {
  id: 'prompts.previousCandidate',
  label: 'Candidate before',
  group: 'Prompts',
  keys: ['Alt+Shift+C'],
  when: hasOthers,
  whyNot,
  run: () => void activeEditor().prompts.cycle(-1),
};

/** The one at this place of the decoder's answer. */
export const chooseCandidate = (side: Side, index: number): void => void editorOf(side).prompts.choose(index);

/** Places in the decoder's answer, the one that is shown first at the front. */
export const rankedCandidates = byRank;
