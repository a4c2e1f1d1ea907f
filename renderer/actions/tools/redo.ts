import type { Action } from '../action.ts';
import { activeEditor } from '../desk/editors.ts';

export const redo: Action = {
  id: 'redo',
  label: 'Redo step',
  group: 'Tools',
  keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
  run: () => void activeEditor().redo(),
};
