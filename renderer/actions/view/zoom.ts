import type { Action } from '../action.ts';
import { activeEditor } from '../desk/editors.ts';

export const fit: Action = { id: 'zoom.fit', label: 'Fit the picture', group: 'View', keys: ['F'], run: () => activeEditor().zoomTo('fit') };

export const actualSize: Action = {
  id: 'zoom.actual',
  label: 'Actual size',
  group: 'View',
  keys: ['1'],
  run: () => activeEditor().zoomTo('actual'),
};

/** As in any viewer; a third at a time. */
const step = 4 / 3;
export const zoomIn: Action = { id: 'zoom.in', label: 'Zoom in', group: 'View', keys: ['+', '='], run: () => activeEditor().zoomBy(step) };
export const zoomOut: Action = { id: 'zoom.out', label: 'Zoom out', group: 'View', keys: ['-'], run: () => activeEditor().zoomBy(1 / step) };
