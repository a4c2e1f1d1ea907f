import { inBackground } from '../../stores/notices.ts';
import { isFolded, resetLayout, toggleFlyout, toggleFold, useLayout } from '../../stores/layout.ts';
import type { Action } from '../action.ts';

export const foldQueue: Action = { id: 'layout.queue', label: 'Show or fold the queue', group: 'App', keys: ['Ctrl+B'], run: () => inBackground(toggleFold('queue'), 'layout') };
export const foldInspector: Action = { id: 'layout.inspector', label: 'Show or fold the inspector', group: 'App', keys: ['Ctrl+Alt+B'], run: () => inBackground(toggleFold('inspector'), 'layout') };
export const standardLayout: Action = { id: 'layout.reset', label: 'Panels as at first', group: 'App', keys: [], run: () => inBackground(resetLayout(), 'layout') };

/** The folded inspector, for a look: over the desk, without dividing the window anew. */
export const peekInspector: Action = {
  id: 'layout.peek',
  label: 'Look into the folded inspector',
  group: 'View',
  keys: ['I'],
  when: () => isFolded(useLayout.getState(), 'inspector'),
  whyNot: () => 'The inspector is open already.',
  run: toggleFlyout,
};
