import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import { Kbd } from './Kbd.tsx';
import './Tip.css';

interface TipProps {
  /** Null: nothing to say at the moment. */
  readonly label: string | null;
  readonly caps?: readonly string[] | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement;
}

/** Names an icon's action and its key, or says why a button is dim. */
export const Tip = ({ label, caps, side = 'bottom', children }: TipProps) => (
  <Tooltip.Root>
    <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
    {label !== null && (
      <Tooltip.Portal>
        <Tooltip.Content className="tip" side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {caps !== undefined && caps.length > 0 && <Kbd caps={caps} />}
        </Tooltip.Content>
      </Tooltip.Portal>
    )}
  </Tooltip.Root>
);
