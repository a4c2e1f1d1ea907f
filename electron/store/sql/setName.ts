import { ExpectedError } from '../../../shared/errors/errors.ts';

const longest = 100;

/** What the names of two sets may not have in common: neither case nor the spelling of accents tells them apart. */
export const setNameKey = (name: string): string => name.trim().normalize('NFC').toLowerCase().normalize('NFC');

/**
 * @returns the name without spaces around it
 * @throws ExpectedError invalid_input for a name that is none, or that would read as one snapshot of a set (`NAME@3`)
 */
export const validSetName = (name: string): string => {
  const trimmed = name.trim();
  const isPlain = trimmed.isWellFormed() && !/\p{Cc}/u.test(trimmed);
  if (trimmed.length === 0 || trimmed.length > longest || !isPlain) {
    throw new ExpectedError('invalid_input', `The name of a set has 1 to ${longest} characters on one line: ${JSON.stringify(trimmed.slice(0, 40))} is none.`);
  }
  if (/@\d+$/.test(trimmed)) {
    throw new ExpectedError('invalid_input', `The name of a set can't end with @ and a number, which says one of its snapshots: ${trimmed}`);
  }
  return trimmed;
};
