import { Tooltip } from 'radix-ui';
import { useState, type ReactElement } from 'react';
import { Kbd } from './Kbd.tsx';
import './Tip.css';

interface TipProps {
  /** Null: nothing to say at the moment. */
  readonly label: string | null;
  readonly caps?: readonly string[] | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement;
}

/** The same press once more, when the tip is gone: it was meant for what lies under it. */
const passOn = (event: KeyboardEvent): void => {
  const { target } = event;
  const again = new KeyboardEvent('keydown', { key: event.key, code: event.code, bubbles: true, cancelable: true, composed: true });
  requestAnimationFrame(() => (target instanceof Element && target.isConnected ? target : document.body).dispatchEvent(again));
};

/** Names an icon's action and its key, or says why a button is dim. Escape closes it, and what it lies over, as if it were not there. */
export const Tip = ({ label, caps, side = 'bottom', children }: TipProps) => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Tooltip.Root open={isOpen} onOpenChange={setIsOpen}>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      {label !== null && (
        <Tooltip.Portal>
          <Tooltip.Content
            className="tip"
            side={side}
            sideOffset={6}
            collisionPadding={8}
            onEscapeKeyDown={(event) => {
              event.preventDefault();
              event.stopImmediatePropagation();
              setIsOpen(false);
              passOn(event);
            }}
          >
            {label}
            {caps !== undefined && caps.length > 0 && <Kbd caps={caps} />}
          </Tooltip.Content>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  );
};
