import { sql, type RawBuilder } from 'kysely';
import { casesOf, isAscii, spellingsOf } from '../sql/letterCases.ts';

/** A regular expression with a class for each letter that has cases: what the database's locale knows of them does not matter. */
const patternOf = (text: string): string =>
  [...text]
    .map((letter) => {
      const cases = casesOf(letter);
      if (cases.length > 1) return `[${cases.join('')}]`;
      return /[\p{L}\p{N}]/u.test(letter) ? letter : `\\U${(letter.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
    })
    .join('');

/** Whether a column has the text in it, in any case. ASCII by ILIKE in the C locale, which only looks at bytes; other scripts by a regular expression. */
export const contains = (column: RawBuilder<unknown>, text: string): RawBuilder<boolean> => {
  // No text in PostgreSQL can have it.
  if (text.includes('\0') || !text.isWellFormed()) return sql<boolean>`false`;
  const lower = text.toLowerCase();
  if (isAscii(lower)) return sql<boolean>`(${column} collate "C" ilike ${`%${lower.replaceAll(/[\\%_]/g, '\\$&')}%`})`;
  const pattern = spellingsOf(lower).map(patternOf).join('|');
  return sql<boolean>`(octet_length(${column}) > char_length(${column}) and ${column} collate "C" ~ ${pattern})`;
};
