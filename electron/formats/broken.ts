import { ExpectedError } from '../../shared/errors/errors.ts';
import { steppingOver, type ImportContext } from '../../shared/ports/importFormat.ts';

/** Where in a file; both from 1, columns in characters. */
export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** Names come from files that are not to be trusted: neither a line break nor a page of text belongs into a sentence. */
const clipped = (text: string, length: number): string => {
  // eslint-disable-next-line no-control-regex -- these are what is to go
  const plain = text.slice(0, length + 1).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
  return plain.length <= length ? plain : `${plain.slice(0, length)}...`;
};
export const shown = (name: string): string => clipped(name, 200);
/** Sentences quote what is in the file. */
const longestSentence = 500;

/**
 * What importers say of a file that they can't read.
 * @param where line and column, or what is there ("annotations[12]"); null: the file as a whole
 * @param sentence what is wrong and what was expected, with a full stop
 */
export const brokenAt = (path: string, where: LineAndColumn | string | null, sentence: string, cause?: unknown): ExpectedError => {
  const place = where === null ? '' : typeof where === 'string' ? `, ${shown(where)}` : `, line ${where.line}, column ${where.column}`;
  return new ExpectedError('annotations_invalid', `${shown(path)}${place}: ${clipped(sentence, longestSentence)}`, { ...(cause === undefined ? {} : { cause }), details: { path, ...(typeof where === 'object' ? where : {}) } });
};

/** Counts on from what was counted before: for files that come in pieces. */
export const countLines = (bytes: Uint8Array, from: LineAndColumn = { line: 1, column: 1 }): LineAndColumn => {
  let { line, column } = from;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x0a) {
      line++;
      column = 1;
    } else if ((byte & 0xc0) !== 0x80) column++; // bytes that continue a character of UTF-8 are none of their own
  }
  return { line, column };
};

/** @param offset bytes from the start of the UTF-8 text */
export const lineAndColumn = (bytes: Uint8Array, offset: number): LineAndColumn => countLines(bytes.subarray(0, offset));

/** Reads the parts of one image; those that are broken are counted. @throws as steppingOver */
export const wholeOnes = async <Part, T>(context: Pick<ImportContext, 'onBroken'>, parts: Iterable<Part>, read: (part: Part) => T | Promise<T>): Promise<{ readonly instances: readonly T[]; readonly brokenInstances: number }> => {
  const instances: T[] = [];
  let brokenInstances = 0;
  for (const part of parts) {
    const one = await steppingOver(context, async () => ({ whole: await read(part) }));
    if (one === null) brokenInstances++;
    else instances.push(one.whole);
  }
  return { instances, brokenInstances };
};
