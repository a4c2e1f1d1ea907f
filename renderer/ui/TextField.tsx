import { useId, type ComponentProps, type ReactNode } from 'react';
import './TextField.css';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'children'> {
  readonly label: string;
  /** Whether the label is only for assistive tools: the placeholder or what stands beside it says it to the eye. */
  readonly isLabelUnseen?: boolean;
  readonly icon?: ReactNode;
  /** At the right edge: a unit, a key, a button that clears. */
  readonly aside?: ReactNode;
  /** A sentence: what is wrong with what is written; null when nothing is. */
  readonly error?: string | null;
}

/** One line to write in. */
export const TextField = ({ label, isLabelUnseen = false, icon, aside, error = null, className = '', type = 'text', ...rest }: TextFieldProps) => {
  const id = useId();
  return (
    <div className={`text-field ${error === null ? '' : 'text-field-bad'} ${className}`}>
      <label htmlFor={id} className={isLabelUnseen ? 'unseen' : undefined}>
        {label}
      </label>
      <div className="text-field-box">
        {icon}
        <input id={id} type={type} spellCheck={false} autoComplete="off" aria-invalid={error !== null || undefined} aria-describedby={error === null ? undefined : `${id}-error`} {...rest} />
        {aside}
      </div>
      {error !== null && (
        <p className="text-field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
};
