import { otherSide, pane, usePanes } from '../../stores/panes.ts';
import { setLinked, useLinkedView } from '../../stores/linkedView.ts';
import type { Action } from '../action.ts';
import { followActive } from '../desk/linkViews.ts';

export const linkPanes: Action = {
  id: 'view.link',
  label: 'Linked zoom: both pictures move together',
  group: 'View',
  keys: ['Shift+L'],
  when: () => pane(otherSide(usePanes.getState().active)).asset !== null,
  run: () => {
    setLinked(!useLinkedView.getState().isLinked);
    followActive();
  },
};
