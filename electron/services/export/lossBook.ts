import { present } from '../../../shared/errors/errors.ts';
import { lowerBound } from '../../../shared/flat/lowerBound.ts';
import { RangeList } from '../../../shared/flat/rangeList.ts';
import type { Spools } from './spools.ts';

/** Name of the spool with a line for each item that loses something: its number and the sentences. */
export const lossSpool = 'maskdesk-losses';

export const lossLine = (number: number, sentences: readonly string[]): string => JSON.stringify([number, ...sentences]);

/** What encoding said is lost, by the item's number: the sentences stay in the spool, 12 bytes tell where. */
export interface LossBook {
  /** Items that lose something. */
  readonly count: number;
  /** Cheap in about the order of the items. @throws ExpectedError file_unreadable */
  of(number: number): Promise<readonly string[]>;
}

/** Pieces that are read at a time. */
const linesAtOnce = 500;

export const readLossBook = async (spools: Spools): Promise<LossBook> => {
  /** Ascending, as they were written. */
  let numbers = new Uint32Array(1024);
  const lines = new RangeList();
  let bytes = 0;
  for await (const line of spools.pieces(lossSpool)) {
    if (lines.count === numbers.length) {
      const larger = new Uint32Array(2 * numbers.length);
      larger.set(numbers);
      numbers = larger;
    }
    numbers[lines.count] = Number(line.slice(1, line.indexOf(',')));
    const end = bytes + Buffer.byteLength(line);
    lines.add(bytes, end);
    // A NUL ends it.
    bytes = end + 1;
  }
  let held = { first: -1, sentences: Promise.resolve<readonly (readonly string[])[]>([]) };
  const readFrom = async (first: number): Promise<readonly (readonly string[])[]> => {
    const [start] = lines.at(first);
    const [, end] = lines.at(Math.min(first + linesAtOnce, lines.count) - 1);
    const text = (await spools.read(lossSpool, start, end)).toString('utf8');
    return text.split('\0').map((line) => (JSON.parse(line) as [number, ...string[]]).slice(1) as string[]);
  };
  return {
    count: lines.count,
    of: async (number) => {
      const index = lowerBound(lines.count, (at) => (numbers[at] as number) < number);
      if (index === lines.count || numbers[index] !== number) return [];
      const first = index - (index % linesAtOnce);
      if (held.first !== first) held = { first, sentences: readFrom(first) };
      return present((await held.sentences)[index - first], 'its sentences');
    },
  };
};
