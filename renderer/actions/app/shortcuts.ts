import { toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

export const shortcuts: Action = {
  id: 'shortcuts',
  label: 'All shortcuts',
  group: 'App',
  keys: ['?', 'F1'],
  run: () => toggleOverlay('shortcuts'),
};
