import { useState } from 'react';
import { TextField } from '../../ui/TextField.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** 1: whole numbers alone. */
  readonly step: number;
  readonly onChange: (value: number) => void;
}

/** A number between two limits, kept once it is one; anything else is marked, and what was there stands when the field is left. */
export const NumberField = ({ label, unit, value, min, max, step, onChange }: NumberFieldProps) => {
  const [typed, setTyped] = useState<string | null>(null);
  const isRight = (text: string): boolean => {
    const number = Number(text);
    return text.trim() !== '' && number >= min && number <= max && (step < 1 || Number.isInteger(number));
  };
  return (
    <TextField
      className="export-number"
      label={label}
      isLabelUnseen
      type="number"
      min={min}
      max={max}
      step={step}
      value={typed ?? String(value)}
      aside={unit === '' ? undefined : <span className="secondary">{unit}</span>}
      error={typed === null || isRight(typed) ? null : `From ${min} to ${max.toLocaleString()}.`}
      onChange={(event) => {
        setTyped(event.target.value);
        if (isRight(event.target.value)) onChange(Number(event.target.value));
      }}
      onBlur={() => setTyped(null)}
    />
  );
};
