import type { Action } from '../action.ts';
import { activeEditor } from '../desk/editors.ts';

export const smallerBrush: Action = {
  id: 'brush.smaller',
  label: 'Smaller brush',
  group: 'Tools',
  keys: ['['],
  run: () => activeEditor().stepBrushSize(-1),
};

export const largerBrush: Action = {
  id: 'brush.larger',
  label: 'Larger brush',
  group: 'Tools',
  keys: [']'],
  run: () => activeEditor().stepBrushSize(1),
};
