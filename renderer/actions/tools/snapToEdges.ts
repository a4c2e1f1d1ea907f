import { withOptions } from '../../stores/toolSettings.ts';
import type { Action } from '../action.ts';
import { toolSettings } from '../desk/editors.ts';

export const snapToEdges: Action = {
  id: 'brush.snapToEdges',
  label: 'Brush and eraser snap to edges, or not',
  group: 'Tools',
  keys: ['Shift+B'],
  run: () => toolSettings.setState((settings) => withOptions(settings, 'snap', { snapsToEdges: !settings.options.snap.snapsToEdges })),
};
