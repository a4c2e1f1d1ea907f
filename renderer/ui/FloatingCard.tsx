import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import './FloatingCard.css';
import { keepFocus } from './keepFocus.ts';
import { IconButton } from './IconButton.tsx';
import { useReturnFocus } from './useReturnFocus.ts';

interface FloatingCardProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly description: string;
  /** 'page', 'sheet': always as large, for content that changes while it is open; it scrolls by itself. A sheet has columns. */
  readonly width?: 'normal' | 'wide' | 'page' | 'full' | 'sheet';
  readonly onClose: () => void;
  /** Whether Escape was for something inside of it, which is done with that. */
  readonly onEscape?: () => boolean;
  readonly children: ReactNode;
}

/** Something to read or choose, over the desk; a small one leaves the desk as it is, what is as large as a page dims it, and a click beside it closes it. Tab stays inside, and closing gives the focus back. */
export const FloatingCard = ({ isOpen, title, description, width = 'normal', onClose, onEscape, children }: FloatingCardProps) => {
  const { remember, giveBack } = useReturnFocus();
  const body = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root
      modal={false}
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        {width !== 'normal' && isOpen && <div className="card-scrim" aria-hidden="true" onMouseDown={keepFocus} onClick={onClose} />}
        <Dialog.Content
          className={`card card-${width}`}
          data-layer=""
          onOpenAutoFocus={(event) => {
            remember();
            // What is to be chosen, where there is such a thing; else the text, so that arrows scroll it and no button is about to be pressed.
            event.preventDefault();
            (body.current?.querySelector<HTMLElement>('[data-autofocus]') ?? (width === 'page' ? body.current?.querySelector<HTMLElement>('[role="tab"][data-state="active"]') : null) ?? body.current)?.focus();
          }}
          onEscapeKeyDown={(event) => {
            if (onEscape?.() === true) event.preventDefault();
          }}
          onInteractOutside={(event) => event.preventDefault()}
          onCloseAutoFocus={giveBack}
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
          <div className="card-body" ref={body} {...(width === 'page' || width === 'sheet' ? {} : { tabIndex: 0 })}>
            {children}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
