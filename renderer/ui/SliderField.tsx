import { Slider } from 'radix-ui';
import type { ReactNode } from 'react';
import './SliderField.css';

interface SliderFieldProps {
  readonly label: string;
  /** Whether the name stands beside the field already. */
  readonly isLabelUnseen?: boolean;
  readonly hint?: ReactNode;
  /** As people read it: "44 px". */
  readonly shown: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

/** A value between two limits with its name and reading. */
export const SliderField = ({ label, isLabelUnseen = false, hint, shown, value, min, max, step, onChange }: SliderFieldProps) => (
  <div className="slider-field">
    <div className="slider-field-head">
      {!isLabelUnseen && <span>{label}</span>}
      {hint}
      <span className="slider-field-value figures">{shown}</span>
    </div>
    <Slider.Root
      className="slider"
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next);
      }}
    >
      <Slider.Track className="slider-track">
        <Slider.Range className="slider-range" />
      </Slider.Track>
      <Slider.Thumb className="slider-thumb" aria-label={label} aria-valuetext={shown} />
    </Slider.Root>
  </div>
);
