import type { Action } from '../action.ts';
import { neighbour } from '../desk/advance.ts';
import { open } from '../desk/openItem.ts';

export const next: Action = {
  id: 'next',
  label: 'Next item',
  group: 'Moving on',
  keys: ['D', 'ArrowRight'],
  when: () => neighbour(1) !== null,
  run: () => {
    const item = neighbour(1);
    if (item !== null) open(item);
  },
};
