import type { ComponentProps } from 'react';
import { keepFocus } from '../../ui/keepFocus.ts';

/** What can be done with a row: quiet, in the accent. */
export const SmallButton = ({ className = '', ...rest }: ComponentProps<'button'>) => (
  <button type="button" className={`small-button ${className}`} onMouseDown={keepFocus} {...rest} />
);
