import type { LeaseView } from '../../../shared/contracts/rpc/leases.ts';
import { clockTime } from './words.ts';

/** How it is said that somebody has an item. */
export const hasItSince = ({ reviewer, purpose, sinceMs }: LeaseView): string =>
  purpose === 'ahead' ? `${reviewer} takes it next` : `${reviewer} has it since ${clockTime(sinceMs)}`;

/** Two letters at most: of the first and the last name, or the first of the only one. */
export const initialsOf = (name: string): string => {
  const words = name.split(/[\s._-]+/u).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? '')][0] ?? '').join('').toUpperCase();
};
