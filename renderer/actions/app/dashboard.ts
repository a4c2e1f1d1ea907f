import { toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

export const dashboard: Action = {
  id: 'dashboard',
  label: 'Dashboard',
  group: 'App',
  keys: ['Ctrl+Shift+D'],
  run: () => toggleOverlay('dashboard'),
};
