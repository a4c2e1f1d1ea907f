import { isFolded, toggleFold, useLayout } from '../../stores/layout.ts';
import { inBackground } from '../../stores/notices.ts';
import type { Action } from '../action.ts';

/** The queue's text field; the panel gives it this id. */
export const findFieldId = 'queue-find';

const focusField = (): void => {
  const field = document.getElementById(findFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
};

export const find: Action = {
  id: 'find',
  label: 'Find an item',
  group: 'Moving on',
  keys: ['Ctrl+F', '/'],
  run: () => {
    if (!isFolded(useLayout.getState(), 'queue')) return focusField();
    inBackground(toggleFold('queue'), 'layout');
    requestAnimationFrame(focusField);
  },
};
