import type { Action } from '../action.ts';
import { canJudgeChosen, judgeChosen } from './judgeChosen.ts';

export const reopenChosen: Action = {
  id: 'bulk.reopen',
  label: 'Reopen the chosen items',
  group: 'Chosen items',
  keys: [],
  when: canJudgeChosen,
  run: () => judgeChosen({ kind: 'reopen' }),
};
