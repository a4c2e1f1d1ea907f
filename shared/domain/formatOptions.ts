/** A choice that a format leaves to people: dialog, command line and validation are made from it. */
export type FormatOption = {
  /** As on the command line: `--option holes=keep`. */
  readonly name: string;
  readonly label: string;
  /** A sentence for people. */
  readonly note: string;
  /** It has an effect only while another option of the format has this value. Left out: always. */
  readonly when?: { readonly name: string; readonly value: OptionValue };
} & (
  | { readonly kind: 'choice'; readonly choices: readonly { readonly value: string; readonly label: string }[]; readonly initial: string }
  | { readonly kind: 'switch'; readonly initial: boolean }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly step: number; readonly unit: string; readonly initial: number }
);

export type OptionValue = string | number | boolean;
export type OptionValues = Readonly<Record<string, OptionValue>>;

export type OptionFault = { readonly name: string; readonly message: string };

const faultOf = (option: FormatOption, value: OptionValue): string | null => {
  switch (option.kind) {
    case 'switch':
      return typeof value === 'boolean' ? null : `${option.name} is true or false.`;
    case 'choice':
      return option.choices.some((choice) => choice.value === value) ? null : `${option.name} is one of ${option.choices.map((choice) => choice.value).join(', ')}.`;
    case 'number':
      return typeof value === 'number' && value >= option.min && value <= option.max ? null : `${option.name} is a number from ${option.min} to ${option.max}.`;
  }
};

/** Fills in what was left open. Faults: unknown names and impossible values. */
export const completeOptions = (options: readonly FormatOption[], given: OptionValues): { readonly values: OptionValues; readonly faults: readonly OptionFault[] } => {
  const faults: OptionFault[] = Object.keys(given)
    .filter((name) => !options.some((option) => option.name === name))
    .map((name) => ({ name, message: options.length === 0 ? `There is nothing to choose, so no ${name}.` : `There is no option ${name}; there are: ${options.map((option) => option.name).join(', ')}.` }));
  const values: Record<string, OptionValue> = {};
  for (const option of options) {
    const value = Object.hasOwn(given, option.name) ? given[option.name] : undefined;
    values[option.name] = value ?? option.initial;
    const message = value === undefined ? null : faultOf(option, value);
    if (message !== null) faults.push({ name: option.name, message });
  }
  return { values, faults };
};

/** Whether a choice changes anything beside the others. @param values complete */
export const hasEffect = ({ when }: FormatOption, values: OptionValues): boolean => when === undefined || values[when.name] === when.value;

/** From the command line's `name=value`, by the option's kind; what can't be read stays text, and is a fault of {@link completeOptions}. */
export const optionValueOf = (option: FormatOption | undefined, text: string): OptionValue => {
  if (option?.kind === 'switch') return text === 'true' ? true : text === 'false' ? false : text;
  if (option?.kind === 'number') return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  return text;
};
