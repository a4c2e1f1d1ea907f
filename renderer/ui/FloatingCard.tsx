import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import './FloatingCard.css';
import { IconButton } from './IconButton.tsx';

interface FloatingCardProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly description: string;
  readonly width?: 'normal' | 'wide';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something to read or choose, over the desk without dimming or blocking it. */
export const FloatingCard = ({ isOpen, title, description, width = 'normal', onClose, children }: FloatingCardProps) => (
  <Dialog.Root
    modal={false}
    open={isOpen}
    onOpenChange={(open) => {
      if (!open) onClose();
    }}
  >
    <Dialog.Portal>
      <Dialog.Content
        className={`card card-${width}`}
        onOpenAutoFocus={(event) => {
          // The card itself, not its first button: nothing is about to be pressed.
          event.preventDefault();
          if (event.target instanceof HTMLElement) event.target.focus();
        }}
        onInteractOutside={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        <header className="card-head">
          <div>
            <Dialog.Title className="card-title">{title}</Dialog.Title>
            <Dialog.Description className="secondary">{description}</Dialog.Description>
          </div>
          <IconButton label="Close" caps={['Esc']} onClick={onClose}>
            <X />
          </IconButton>
        </header>
        <div className="card-body">{children}</div>
      </Dialog.Content>
    </Dialog.Portal>
  </Dialog.Root>
);
