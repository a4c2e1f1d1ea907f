import { Check, ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import './Select.css';
import { keepFocus } from './keepFocus.ts';
import { indexAfterKey } from './selectKeys.ts';
import { useReturnFocus } from './useReturnFocus.ts';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** At the right edge: a count, a state. */
  readonly aside?: ReactNode;
}

interface SelectProps<Value extends string> {
  /** What is chosen, for assistive tools and the tooltip. */
  readonly label: string;
  readonly options: readonly SelectOption<Value>[];
  /** Null: nothing is chosen, the placeholder stands there. */
  readonly value: Value | null;
  readonly placeholder?: string;
  readonly tone?: 'neutral' | 'quiet';
  readonly isDisabled?: boolean;
  /** Where the focus goes when the card that it is in opens. */
  readonly takesFocus?: boolean;
  readonly testId?: string;
  readonly onChange: (value: Value) => void;
}

interface ListProps<Value extends string> extends Pick<SelectProps<Value>, 'label' | 'options' | 'value'> {
  readonly listId: string;
  readonly onTake: (value: Value) => void;
}

const Options = <Value extends string>({ label, options, value, listId, onTake }: ListProps<Value>) => {
  const [active, setActive] = useState(() => Math.max(0, options.findIndex((option) => option.value === value)));
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active]);
  const take = (index: number): void => {
    const option = options[index];
    if (option !== undefined) onTake(option.value);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape' || event.key === 'Tab') return;
    event.preventDefault(); // whatever it is, it is not for the desk
    if (event.key === 'Enter' || event.key === ' ') return take(active);
    setActive(indexAfterKey(event.key, active, options.map((option) => option.label)));
  };
  return (
    <div ref={list} role="listbox" id={listId} aria-label={label} tabIndex={0} aria-activedescendant={`${listId}-${active}`} data-autofocus onKeyDown={press}>
      {options.map((option, index) => (
        <div
          key={option.value}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={option.value === value}
          className={index === active ? 'select-option select-option-active' : 'select-option'}
          onPointerMove={() => setActive(index)}
          onClick={() => take(index)}
        >
          <span className="select-option-label ellipsis" title={option.label}>
            {option.label}
          </span>
          {option.aside !== undefined && <span className="secondary">{option.aside}</span>}
          {option.value === value && <Check aria-hidden="true" />}
        </div>
      ))}
    </div>
  );
};

/**
 * One of several, in a list that opens. On a popover of our own, since Radix' select writes inline styles, which the page's security
 * policy refuses. Arrows, Home, End and letters move; Enter or Space takes; Escape leaves.
 */
export const Select = <Value extends string>({ label, options, value, placeholder = '…', tone = 'neutral', isDisabled = false, takesFocus = false, testId, onChange }: SelectProps<Value>) => {
  const [isOpen, setIsOpen] = useState(false);
  const { remember, giveBack } = useReturnFocus();
  const listId = useId();
  const chosen = options.find((option) => option.value === value)?.label ?? placeholder;
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          role="combobox"
          className={`select select-${tone}`}
          aria-label={`${label}: ${chosen}`}
          aria-haspopup="listbox"
          aria-controls={isOpen ? listId : undefined}
          aria-expanded={isOpen}
          disabled={isDisabled}
          data-testid={testId}
          data-autofocus={takesFocus ? '' : undefined}
          data-popup-anchor
          onMouseDown={keepFocus}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
            event.preventDefault();
            setIsOpen(true);
          }}
        >
          <span className="select-value ellipsis">{chosen}</span>
          <ChevronDown aria-hidden="true" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="select-popup"
          data-layer=""
          role="presentation"
          align="start"
          sideOffset={4}
          collisionPadding={12}
          onOpenAutoFocus={(event) => {
            remember();
            event.preventDefault();
            document.getElementById(listId)?.focus();
          }}
          onCloseAutoFocus={giveBack}
        >
          <Options
            label={label}
            options={options}
            value={value}
            listId={listId}
            onTake={(next) => {
              setIsOpen(false);
              onChange(next);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
};
