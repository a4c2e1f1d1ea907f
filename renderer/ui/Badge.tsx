import type { ComponentProps } from 'react';
import './Badge.css';

interface BadgeProps extends ComponentProps<'span'> {
  readonly tone?: 'quiet' | 'accent' | 'ok' | 'warn' | 'bad';
}

/** A word or two about the state of what stands beside it. */
export const Badge = ({ tone = 'quiet', className = '', children, ...rest }: BadgeProps) => (
  <span className={`badge badge-${tone} ${className}`} {...rest}>
    {children}
  </span>
);
