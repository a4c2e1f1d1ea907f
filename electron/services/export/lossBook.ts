import { present } from '../../../shared/errors/errors.ts';
import type { Spools } from './spools.ts';

/** Name of the spool with a line for each item that loses something: its number and the sentences. */
export const lossSpool = 'maskdesk-losses';

export const lossLine = (number: number, sentences: readonly string[]): string => JSON.stringify([number, ...sentences]);

/** What encoding said is lost, by the item's number. The same sentences are kept once. */
export interface LossBook {
  readonly count: number;
  of(number: number): readonly string[];
}

const none: readonly string[] = [];

export const readLossBook = async (spools: Spools): Promise<LossBook> => {
  const texts = new Map<string, readonly string[]>();
  const byNumber = new Map<number, readonly string[]>();
  for await (const line of spools.pieces(lossSpool)) {
    const comma = line.indexOf(',');
    const rest = line.slice(comma + 1);
    if (!texts.has(rest)) texts.set(rest, JSON.parse(`[${rest}`) as string[]);
    byNumber.set(Number(line.slice(1, comma)), present(texts.get(rest), 'sentences'));
  }
  return { count: byNumber.size, of: (number) => byNumber.get(number) ?? none };
};
