import type { Action } from '../action.ts';

/** The queue's text field; the panel gives it this id. */
export const findFieldId = 'queue-find';

export const find: Action = {
  id: 'find',
  label: 'Find an item',
  group: 'Moving on',
  keys: ['Ctrl+F', '/'],
  run: () => {
    const field = document.getElementById(findFieldId);
    if (!(field instanceof HTMLInputElement)) return;
    field.focus();
    field.select();
  },
};
