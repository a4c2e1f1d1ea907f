import { inBackground } from '../../stores/notices.ts';
import { cycleTheme } from '../../stores/preferences.ts';
import type { Action } from '../action.ts';

export const theme: Action = {
  id: 'theme',
  label: 'Dark, light or as the system',
  group: 'App',
  keys: ['Ctrl+Shift+L'],
  run: () => inBackground(cycleTheme()),
};
