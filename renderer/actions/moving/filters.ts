import { loadFacets } from '../../stores/facets.ts';
import { inBackground } from '../../stores/notices.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

export const filters: Action = {
  id: 'filters',
  label: 'Narrow the queue…',
  group: 'Moving on',
  keys: ['Ctrl+Shift+F'],
  run: () => {
    inBackground(loadFacets(), 'facets');
    toggleOverlay('filters');
  },
};
