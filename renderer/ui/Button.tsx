import type { ComponentProps, ReactNode } from 'react';
import './Button.css';
import { Kbd } from './Kbd.tsx';
import { keepFocus } from './keepFocus.ts';

export interface ButtonProps extends ComponentProps<'button'> {
  /** What it stands for: a verdict has its colour, everything else is neutral or quiet. */
  readonly tone?: 'neutral' | 'accent' | 'ok' | 'bad' | 'quiet';
  /** Key caps at its right edge. */
  readonly caps?: readonly string[];
  readonly icon?: ReactNode;
}

export const Button = ({ tone = 'neutral', caps, icon, children, className = '', ...rest }: ButtonProps) => (
  <button type="button" className={`button button-${tone} ${className}`} onMouseDown={keepFocus} {...rest}>
    {icon}
    <span className="button-label">{children}</span>
    {caps !== undefined && <Kbd caps={caps} />}
  </button>
);
