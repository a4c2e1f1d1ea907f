import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import './MenuRow.css';
import { keepFocus } from './keepFocus.ts';

interface MenuRowProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly caps?: readonly string[];
  readonly children: ReactNode;
}

export const MenuRow = ({ caps, children, ...rest }: MenuRowProps) => (
  <button type="button" className="menu-row" onMouseDown={keepFocus} {...rest}>
    <span className="ellipsis">{children}</span>
    {caps !== undefined && <Kbd caps={caps} />}
  </button>
);
