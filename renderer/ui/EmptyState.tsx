import type { ReactNode } from 'react';
import './EmptyState.css';

interface EmptyStateProps {
  readonly icon: ReactNode;
  /** What happened, a few words. */
  readonly title: string;
  /** What it means and what to do. */
  readonly children?: ReactNode;
  /** The button that helps. */
  readonly action?: ReactNode;
}

export const EmptyState = ({ icon, title, children, action }: EmptyStateProps) => (
  <div className="empty-state">
    <span className="empty-state-icon" aria-hidden="true">
      {icon}
    </span>
    <p className="empty-state-title">{title}</p>
    {children !== undefined && <p className="empty-state-text selectable">{children}</p>}
    {action}
  </div>
);
