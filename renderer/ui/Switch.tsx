import { Switch as RadixSwitch } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import './Switch.css';
import { keepFocus } from './keepFocus.ts';

interface SwitchProps {
  readonly isOn: boolean;
  readonly label: string;
  /** Whether the name stands beside it already. */
  readonly isLabelUnseen?: boolean;
  /** What it does, where the label does not say it all. */
  readonly hint?: ReactNode;
  /** Said when the pointer rests on it. */
  readonly title?: string;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** Something that is on or off at once, with its name. */
export const Switch = ({ isOn, label, isLabelUnseen = false, hint, title, isDisabled = false, onChange }: SwitchProps) => {
  const id = useId();
  return (
    <div className="switch-line" title={title}>
      <label htmlFor={id} className={isLabelUnseen ? 'unseen' : undefined}>
        {label}
        {hint !== undefined && <span className="switch-hint secondary">{hint}</span>}
      </label>
      <RadixSwitch.Root id={id} className="switch" checked={isOn} disabled={isDisabled} onMouseDown={keepFocus} onCheckedChange={onChange}>
        <RadixSwitch.Thumb className="switch-thumb" />
      </RadixSwitch.Root>
    </div>
  );
};
