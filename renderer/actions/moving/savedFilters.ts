import { loadSavedFilters } from '../../stores/savedFilters.ts';
import { inBackground } from '../../stores/notices.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

export const savedFilters: Action = {
  id: 'savedFilters',
  label: 'Saved filters',
  group: 'Moving on',
  keys: ['Ctrl+Shift+S'],
  run: () => {
    inBackground(loadSavedFilters(), 'savedFilters');
    toggleOverlay('savedFilters');
  },
};
