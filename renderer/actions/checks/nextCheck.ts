import { notFine, useChecks } from '../../stores/checks.ts';
import { useCheckPlace } from '../../stores/checkPlace.ts';
import type { Action } from '../action.ts';
import { showCheck } from './showCheck.ts';

const found = () => notFine(useChecks.getState().checks?.results ?? []);

/** Goes through what the checks found, the worst first, and round. */
export const nextCheck: Action = {
  id: 'checks.next',
  label: 'Next check',
  group: 'View',
  keys: ['.'],
  when: () => found().length > 0,
  whyNot: () => (useChecks.getState().status === 'computing' ? 'The mask is being checked.' : 'The checks found nothing to look at.'),
  run: () => {
    const results = found();
    const { shown } = useCheckPlace.getState();
    const isHere = shown !== null && shown.revisionId === useChecks.getState().revisionId;
    const at = isHere ? results.findIndex(({ checkId }) => checkId === shown.checkId) : -1;
    const next = results[(at + 1) % results.length];
    if (next !== undefined) showCheck(next);
  },
};
