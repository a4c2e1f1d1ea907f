import type { Action } from '../action.ts';
import { neighbour } from '../desk/advance.ts';
import { open } from '../desk/openItem.ts';

export const previous: Action = {
  id: 'previous',
  label: 'Previous item',
  group: 'Moving on',
  keys: ['A', 'ArrowLeft'],
  when: () => neighbour(-1) !== null,
  run: () => {
    const item = neighbour(-1);
    if (item !== null) open(item);
  },
};
