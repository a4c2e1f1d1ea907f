import type { ButtonHTMLAttributes } from 'react';
import './Chip.css';
import { keepFocus } from './keepFocus.ts';

interface ChipProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly isActive: boolean;
  readonly count?: number | undefined;
}

/** A filter or a view that is on or off. */
export const Chip = ({ isActive, count, children, ...rest }: ChipProps) => (
  <button type="button" className={isActive ? 'chip chip-active' : 'chip'} aria-pressed={isActive} onMouseDown={keepFocus} {...rest}>
    {children}
    {count !== undefined && <span className="chip-count">{count.toLocaleString()}</span>}
  </button>
);
