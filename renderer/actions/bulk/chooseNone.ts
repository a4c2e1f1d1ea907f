import { clearChosen, isSeveral } from '../../stores/bulkSelection.ts';
import { useOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';
import { isListFocused } from './listFocus.ts';

export const chooseNone: Action = {
  id: 'bulk.none',
  label: 'Choose none',
  group: 'Chosen items',
  keys: ['Escape'],
  when: () => useOverlay.getState().open === null && isListFocused() && isSeveral(),
  run: clearChosen,
};
