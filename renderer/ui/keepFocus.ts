import type { MouseEvent } from 'react';

/**
 * A click with the mouse leaves the keyboard where it is: after choosing a tool or a row, Enter still approves. Focus by keyboard works as
 * ever.
 */
export const keepFocus = (event: MouseEvent): void => {
  event.preventDefault();
  if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body) document.activeElement.blur();
};
