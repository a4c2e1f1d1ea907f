import { toggleFlyout, useLayout } from '../../stores/layout.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';
import { activeEditor } from '../desk/editors.ts';

/** What lies on top first: an open list, then a stroke that is being painted. */
export const cancel: Action = {
  id: 'cancel',
  label: 'Cancel what is being drawn, close what is open',
  group: 'Tools',
  keys: ['Escape'],
  run: () => {
    if (useOverlay.getState().open !== null) closeOverlay();
    else if (useLayout.getState().isFlyoutOpen) toggleFlyout();
    else activeEditor().cancel();
  },
};
