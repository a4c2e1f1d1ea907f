import { Check, Minus } from 'lucide-react';
import { Checkbox as RadixCheckbox } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import './Checkbox.css';
import { keepFocus } from './keepFocus.ts';

interface CheckboxProps {
  /** 'mixed': some of what it stands for. */
  readonly checked: boolean | 'mixed';
  readonly label: string;
  readonly isLabelUnseen?: boolean;
  readonly isDisabled?: boolean;
  readonly aside?: ReactNode;
  readonly onChange: (checked: boolean) => void;
}

export const Checkbox = ({ checked, label, isLabelUnseen = false, isDisabled = false, aside, onChange }: CheckboxProps) => {
  const id = useId();
  return (
    <div className={isLabelUnseen ? undefined : 'checkbox-line'}>
      <RadixCheckbox.Root
        id={id}
        className="checkbox"
        checked={checked === 'mixed' ? 'indeterminate' : checked}
        disabled={isDisabled}
        aria-label={isLabelUnseen ? label : undefined}
        onMouseDown={keepFocus}
        onCheckedChange={(next) => onChange(next === true)}
      >
        <RadixCheckbox.Indicator asChild>{checked === 'mixed' ? <Minus aria-hidden="true" /> : <Check aria-hidden="true" />}</RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      {!isLabelUnseen && <label htmlFor={id}>{label}</label>}
      {aside}
    </div>
  );
};
