import { toggleHoverValues } from '../../stores/hoverValues.ts';
import type { Action } from '../action.ts';

export const hoverValues: Action = {
  id: 'view.values',
  label: 'Values under the pointer: place, colour, mask, matte, probability',
  group: 'View',
  keys: ['Alt+I'],
  run: toggleHoverValues,
};
