import { toggleDebugOverlay } from '../../stores/debugOverlay.ts';
import type { Action } from '../action.ts';

export const debugOverlay: Action = {
  id: 'debugOverlay',
  label: 'Figures: frames, time to paint, memory',
  group: 'App',
  keys: ['Ctrl+Alt+D'],
  run: toggleDebugOverlay,
};

/** Private bytes of the page's process. */
export { privateBytes as ownMemory } from '../../bridge/host.ts';
