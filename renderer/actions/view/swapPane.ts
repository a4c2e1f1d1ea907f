import { loadHistory } from '../../stores/history.ts';
import { inBackground } from '../../stores/notices.ts';
import { activate, otherSide, pane, usePanes, type Side } from '../../stores/panes.ts';
import type { Action } from '../action.ts';

const other = (): Side => otherSide(usePanes.getState().active);

/** Makes a side the one that keys and the inspector are about. */
export const activateSide = (side: Side): void => {
  if (usePanes.getState().active === side) return;
  activate(side);
  inBackground(loadHistory(pane(side).asset), 'history');
};

export const swapPane: Action = {
  id: 'pane.swap',
  label: 'Other side: product or keyframe',
  group: 'View',
  keys: ['Tab'],
  when: () => pane(other()).asset !== null,
  run: () => activateSide(other()),
};
