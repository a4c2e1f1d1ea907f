import { notify } from '../../stores/notices.ts';
import { useSelection } from '../../stores/selection.ts';
import type { Action } from '../action.ts';
import { neighbour, nextOpen } from '../desk/advance.ts';
import { open } from '../desk/openItem.ts';

export const nextUnreviewed: Action = {
  id: 'nextUnreviewed',
  label: 'Next item without a verdict',
  group: 'Moving on',
  keys: ['Shift+D'],
  run: () => {
    const { item } = useSelection.getState();
    const found = item === null ? neighbour(1) : nextOpen(item);
    if (found === null) notify({ level: 'info', message: 'Every item in this list has a verdict.', topic: 'last' });
    else open(found);
  },
};
