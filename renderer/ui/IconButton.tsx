import type { ComponentProps, ReactElement } from 'react';
import './IconButton.css';
import { Tip } from './Tip.tsx';
import { keepFocus } from './keepFocus.ts';

export interface IconButtonProps extends ComponentProps<'button'> {
  readonly label: string;
  readonly caps?: readonly string[] | undefined;
  readonly isActive?: boolean;
  readonly tipSide?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement;
}

export const IconButton = ({ label, caps, isActive = false, tipSide = 'bottom', children, ...rest }: IconButtonProps) => (
  <Tip label={label} caps={caps} side={tipSide}>
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
