import { Popover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import './Popup.css';
import { useReturnFocus } from './useReturnFocus.ts';

interface PopupProps {
  readonly isOpen: boolean;
  readonly label: string;
  readonly onClose: () => void;
  /** The button that it hangs from. */
  readonly anchor: ReactElement;
  /** Where it hangs. Default: below. */
  readonly side?: 'bottom' | 'left' | 'right';
  /** Which of its edges is at the button's. Default: the end. */
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}

/** A small list or form beside its button. It takes the focus, Tab stays inside, and closing gives the focus back. */
export const Popup = ({ isOpen, label, onClose, anchor, side = 'bottom', align = 'end', children }: PopupProps) => {
  const { remember, giveBack } = useReturnFocus();
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Popover.Anchor asChild>{anchor}</Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="popup"
          aria-label={label}
          data-layer=""
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={12}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={giveBack}
          onInteractOutside={(event) => {
            // The anchor's own click closes it; closing here first would make that click open it again.
            if (event.target instanceof Element && event.target.closest('[data-popup-anchor]') !== null) event.preventDefault();
          }}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
};
