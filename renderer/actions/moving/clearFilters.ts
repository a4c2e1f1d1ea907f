import { inBackground } from '../../stores/notices.ts';
import { setFilter, useQueue } from '../../stores/queue.ts';
import { everything, isNarrowed } from '../../stores/queueFilter.ts';
import type { Action } from '../action.ts';

/** Everything but the state: that is the pile of work, not a narrowing of it. */
export const clearFilters: Action = {
  id: 'filters.clear',
  label: 'Clear all filters',
  group: 'Moving on',
  keys: ['Ctrl+Shift+Backspace'],
  when: () => isNarrowed(useQueue.getState().filter),
  run: () => {
    const { state } = useQueue.getState().filter;
    inBackground(setFilter({ ...everything, state }), 'queue');
  },
};
