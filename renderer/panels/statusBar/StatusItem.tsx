import type { ReactNode } from 'react';
import type { Action } from '../../actions/action.ts';
import { keepFocus } from '../../ui/keepFocus.ts';
import { Tip } from '../../ui/Tip.tsx';
import { capsOf } from '../shared/platform.ts';

interface StatusItemProps {
  /** What it is, in a sentence; the tooltip. */
  readonly title: string;
  /** What a click opens. */
  readonly action?: Action;
  readonly className?: string;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** One fact in the status bar: says more under the pointer, and opens what it is about. */
export const StatusItem = ({ title, action, className = '', testId, children }: StatusItemProps) => (
  <Tip label={title} caps={action === undefined ? undefined : capsOf(action)} side="top">
    {action === undefined ? (
      <span className={`status-item ${className}`} data-testid={testId}>
        {children}
      </span>
    ) : (
      <button type="button" className={`status-item status-item-button ${className}`} data-testid={testId} onMouseDown={keepFocus} onClick={action.run}>
        {children}
      </button>
    )}
  </Tip>
);
