import { useState } from 'react';
import { TextField } from '../../ui/TextField.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  /** Null: nothing is set, the placeholder says what holds then. */
  readonly value: number | null;
  readonly placeholder?: string;
  readonly min: number;
  readonly max: number;
  /** @param value null: the field was emptied where that is allowed */
  readonly onChange: (value: number | null) => void;
}

/** A whole number between two limits, kept once it is one; anything else is refused with a sentence and changes nothing. */
export const NumberField = ({ label, unit, value, placeholder, min, max, onChange }: NumberFieldProps) => {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === null ? '' : String(value));
  const mayBeEmpty = placeholder !== undefined;
  const number = Number(text);
  const isRight = text.trim() === '' ? mayBeEmpty : Number.isInteger(number) && number >= min && number <= max;
  return (
    <TextField
      label={label}
      isLabelUnseen
      inputMode="numeric"
      value={text}
      placeholder={placeholder}
      aside={<span className="secondary">{unit}</span>}
      error={isRight ? null : `A whole number from ${min} to ${max.toLocaleString('en')}.`}
      onChange={(event) => {
        const next = event.target.value;
        setTyped(next);
        if (next.trim() === '' && mayBeEmpty) onChange(null);
        else if (next.trim() !== '' && Number.isInteger(Number(next)) && Number(next) >= min && Number(next) <= max) onChange(Number(next));
      }}
      onBlur={() => setTyped(null)}
    />
  );
};
