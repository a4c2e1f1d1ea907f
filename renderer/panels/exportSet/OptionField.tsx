import type { FormatOption, OptionValue } from '../../../shared/domain/formatOptions.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { NumberField } from './NumberField.tsx';

interface OptionFieldProps {
  readonly option: FormatOption;
  readonly value: OptionValue;
  readonly onChange: (value: OptionValue) => void;
}

/** As many, with names as short, stand beside each other. */
const mostInSight = 3;
const shortName = 14;

/** A choice that the format leaves to people, by its kind. */
export const OptionField = ({ option, value, onChange }: OptionFieldProps) => {
  if (option.kind === 'switch') return <Switch label={option.label} hint={option.note} isOn={value === true} onChange={onChange} />;
  const isInSight = option.kind === 'choice' && option.choices.length <= mostInSight && option.choices.every(({ label }) => label.length <= shortName);
  return (
    <div className="export-option">
      <div className="export-option-words">
        <span aria-hidden="true">{option.label}</span>
        <span className="secondary">{option.note}</span>
      </div>
      {option.kind === 'number' && <NumberField label={option.label} unit={option.unit} value={Number(value)} min={option.min} max={option.max} step={option.step} onChange={onChange} />}
      {option.kind === 'choice' && isInSight && <SegmentedControl label={option.label} choices={option.choices} value={String(value)} onChange={onChange} />}
      {option.kind === 'choice' && !isInSight && <Select label={option.label} options={option.choices} value={String(value)} onChange={onChange} />}
    </div>
  );
};
