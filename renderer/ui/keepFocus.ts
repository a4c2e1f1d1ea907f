import type { MouseEvent } from 'react';

/**
 * A click with the mouse leaves the keyboard where it is: after choosing a tool or a row, Enter still approves. Focus by keyboard works as
 * ever, and a popup or card that has the focus keeps it.
 */
export const keepFocus = (event: MouseEvent): void => {
  event.preventDefault();
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) return;
  const layer = event.currentTarget.closest('[data-layer]');
  if (layer?.contains(focused) !== true) focused.blur();
};
