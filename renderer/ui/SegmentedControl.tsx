import type { KeyboardEvent, ReactNode } from 'react';
import './SegmentedControl.css';
import { keepFocus } from './keepFocus.ts';
import { Tip } from './Tip.tsx';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Where it is shown by its icon alone, or needs a word more. */
  readonly tip?: string;
}

interface SegmentedControlProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  /** Null: nothing is chosen yet. */
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One of a few, all in sight: a radio group. */
export const SegmentedControl = <Value extends string>({ label, choices, value, onChange }: SegmentedControlProps<Value>) => {
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = choices.findIndex((choice) => choice.value === value);
    // From none, forward is the first and back the last.
    const next = (index === -1 && step === -1 ? choices.length - 1 : index + step + choices.length) % choices.length;
    const choice = choices[next];
    if (choice !== undefined) onChange(choice.value);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="segmented" role="radiogroup" aria-label={label} onKeyDown={move}>
      {choices.map((choice, index) => (
        <Tip key={choice.value} label={choice.tip ?? null}>
          <button type="button" role="radio" aria-checked={choice.value === value} tabIndex={choice.value === value || (value === null && index === 0) ? 0 : -1} onMouseDown={keepFocus} onClick={() => onChange(choice.value)}>
            {choice.icon}
            {choice.label}
          </button>
        </Tip>
      ))}
    </div>
  );
};
