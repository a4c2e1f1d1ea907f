import type { ComponentProps, ReactElement } from 'react';
import './IconButton.css';
import { Tip } from './Tip.tsx';
import { keepFocus } from './keepFocus.ts';

export interface IconButtonProps extends ComponentProps<'button'> {
  readonly label: string;
  /** Where its tooltip says more than its name. */
  readonly tip?: string;
  readonly caps?: readonly string[] | undefined;
  readonly isActive?: boolean;
  /** False while the button's own list is open: it says more. Default: true. */
  readonly hasTip?: boolean;
  readonly tipSide?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement;
}

export const IconButton = ({ label, tip = label, caps, isActive = false, hasTip = true, tipSide = 'bottom', children, ...rest }: IconButtonProps) => (
  <Tip label={hasTip ? tip : null} caps={caps} side={tipSide}>
    <button
      type="button"
      className={isActive ? 'icon-button icon-button-active' : 'icon-button'}
      aria-label={label}
      aria-pressed={isActive || undefined}
      onMouseDown={keepFocus}
      {...rest}
    >
      {children}
    </button>
  </Tip>
);
