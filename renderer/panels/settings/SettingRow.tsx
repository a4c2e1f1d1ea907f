import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/IconButton.tsx';

interface SettingRowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Absent: there is nothing to go back to. */
  readonly onReset?: (() => void) | undefined;
  readonly isStandard?: boolean;
  readonly children: ReactNode;
}

/** One setting: its name, what it does, the control, and the way back. */
export const SettingRow = ({ label, hint, onReset, isStandard = true, children }: SettingRowProps) => (
  <div className="setting">
    <div className="setting-text">
      <p className="setting-label">{label}</p>
      {hint !== undefined && <p className="secondary">{hint}</p>}
    </div>
    <div className="setting-control">{children}</div>
    <div className="setting-reset">
      {onReset !== undefined && !isStandard && (
        <IconButton label={`Reset: ${label}`} tipSide="left" onClick={onReset}>
          <RotateCcw />
        </IconButton>
      )}
    </div>
  </div>
);
