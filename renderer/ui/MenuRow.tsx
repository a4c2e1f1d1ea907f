import type { ComponentProps, ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import './MenuRow.css';
import { keepFocus } from './keepFocus.ts';

interface MenuRowProps extends ComponentProps<'button'> {
  readonly caps?: readonly string[];
  readonly icon?: ReactNode;
  /** At its right edge. */
  readonly mark?: ReactNode;
  readonly children: ReactNode;
}

export const MenuRow = ({ caps, icon, mark, children, ...rest }: MenuRowProps) => (
  <button type="button" className="menu-row" onMouseDown={keepFocus} {...rest}>
    {icon}
    <span className="menu-row-label ellipsis">{children}</span>
    {mark}
    {caps !== undefined && <Kbd caps={caps} />}
  </button>
);
