import { cycleViewMode } from '../../stores/view.ts';
import type { Action } from '../action.ts';

export const cycleView: Action = {
  id: 'view.cycle',
  label: 'Next view: overlay, outline, cutout, mask, photo',
  group: 'View',
  keys: ['V'],
  run: cycleViewMode,
};
