import { useRef } from 'react';

interface ReturnFocus {
  /** For `onOpenAutoFocus`, before the focus moves. */
  readonly remember: () => void;
  /** For `onCloseAutoFocus`. */
  readonly giveBack: (event: Event) => void;
}

/** Focus goes back to where it was before a popup or card took it, unless it is somewhere else already. */
export const useReturnFocus = (): ReturnFocus => {
  const origin = useRef<Element | null>(null);
  return {
    remember: () => {
      origin.current = document.activeElement;
    },
    giveBack: (event) => {
      event.preventDefault();
      const isFree = document.activeElement === null || document.activeElement === document.body;
      if (isFree && origin.current instanceof HTMLElement && origin.current.isConnected) origin.current.focus();
    },
  };
};
