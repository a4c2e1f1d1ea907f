import { toggleDebugOverlay } from '../../stores/debugOverlay.ts';
import type { Action } from '../action.ts';

export const debugOverlay: Action = {
  id: 'debugOverlay',
  label: 'Figures: frames, time to paint, memory',
  group: 'App',
  keys: ['Ctrl+Alt+D'],
  run: toggleDebugOverlay,
};
