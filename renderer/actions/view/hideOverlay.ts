import { holdHidden } from '../../stores/view.ts';
import type { Action } from '../action.ts';

export const hideOverlay: Action = {
  id: 'view.hide',
  label: 'Hide the mask while held',
  group: 'View',
  keys: ['H'],
  run: () => holdHidden(true),
  release: () => holdHidden(false),
};
