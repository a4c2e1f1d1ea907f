import { ExpectedError } from '../../shared/errors/errors.ts';

/** A moment as ISO 8601 has it; a day alone is its first instant, UTC. @throws ExpectedError usage */
export const momentOf = (name: string, text: string | undefined): number | null => {
  if (text === undefined) return null;
  const atMs = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(atMs)) throw new ExpectedError('usage', `${name} is a day or a moment, as 2026-11-21 or 2026-11-21T14:30:00Z, not '${text}'.`);
  return atMs;
};
