import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import { Kbd } from './Kbd.tsx';
import './Tip.css';

interface TipProps {
  readonly label: string;
  readonly caps?: readonly string[] | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement;
}

/** Names an icon's action and its key. */
export const Tip = ({ label, caps, side = 'bottom', children }: TipProps) => (
  <Tooltip.Root>
    <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
    <Tooltip.Portal>
      <Tooltip.Content className="tip" side={side} sideOffset={6} collisionPadding={8}>
        {label}
        {caps !== undefined && caps.length > 0 && <Kbd caps={caps} />}
      </Tooltip.Content>
    </Tooltip.Portal>
  </Tooltip.Root>
);
