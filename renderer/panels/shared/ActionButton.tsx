import type { ReactElement } from 'react';
import { tipOf } from '../../actions/tipOf.ts';
import type { Action } from '../../actions/action.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { capsOf } from './platform.ts';

interface ActionButtonProps {
  readonly action: Action;
  readonly icon: ReactElement;
  readonly isActive?: boolean;
  readonly isDisabled?: boolean;
  readonly tipSide?: 'top' | 'right' | 'bottom' | 'left';
}

/** An icon for an action: its name and key come from the action itself. */
export const ActionButton = ({ action, icon, isActive = false, isDisabled = false, tipSide = 'bottom' }: ActionButtonProps) => (
  <IconButton label={action.label} tip={tipOf(action)} caps={capsOf(action)} isActive={isActive} disabled={isDisabled} tipSide={tipSide} onClick={action.run} data-testid={`action-${action.id}`}>
    {icon}
  </IconButton>
);
