import { ExpectedError } from '../../../shared/errors/errors.ts';

const longest = 100;

/** What the names of two sets may not have in common: neither case nor the spelling of accents tells them apart. */
export const setNameKey = (name: string): string => name.trim().normalize('NFC').toLowerCase().normalize('NFC');

/**
 * @returns the name without spaces around it
 * @throws ExpectedError invalid_input for a name that is none, or that could be read as a snapshot of a set (`NAME@3`)
 */
export const validSetName = (name: string): string => {
  const trimmed = name.trim();
  const isPlain = trimmed.isWellFormed() && !/\p{Cc}/u.test(trimmed);
  if (trimmed.length > longest) throw new ExpectedError('invalid_input', `The name of a set has at most ${longest} characters; this one has ${trimmed.length}: ${trimmed.slice(0, 40)}…`);
  if (trimmed.length === 0 || !isPlain) {
    throw new ExpectedError('invalid_input', `The name of a set has 1 to ${longest} characters on one line: ${JSON.stringify(trimmed.slice(0, 40))} is none.`);
  }
  if (trimmed.includes('@')) {
    throw new ExpectedError('invalid_input', `The name of a set can't have an @ in it, which stands before the number of a snapshot (NAME@3): ${trimmed}`);
  }
  return trimmed;
};
