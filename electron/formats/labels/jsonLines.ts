import type { z } from 'zod';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type ImportContext } from '../../../shared/ports/importFormat.ts';
import { brokenAt } from '../broken.ts';
import { JsonFaultError } from '../json/fault.ts';
import { parseBytes } from '../json/parseJson.ts';

const maxBytes = 512 * 2 ** 20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export interface JsonLine<T> {
  /** From 1. */
  readonly line: number;
  readonly value: T;
}

const parseLine = <T>(path: string, line: number, text: Uint8Array, schema: z.ZodType<T>): T => {
  let value: unknown;
  try {
    value = parseBytes(text);
  } catch (error) {
    if (!(error instanceof JsonFaultError)) throw error;
    throw brokenAt(path, { line, column: error.fault.offset + 1 }, error.fault.sentence, error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw brokenAt(path, { line, column: 1 }, `${issue === undefined || issue.path.length === 0 ? 'The line' : `"${issue.path.join('.')}"`}: ${issue?.message ?? 'is not what was expected'}.`, parsed.error);
};

/**
 * A document of a JSON value a line; empty lines are passed over.
 * @param context whoever wants to go on without lines that are broken
 * @throws ExpectedError annotations_invalid with line and column
 */
export const readJsonLines = async <T>(source: AnnotationSource, path: string, schema: z.ZodType<T>, context: Pick<ImportContext, 'onBroken'>): Promise<readonly JsonLine<T>[]> => {
  const bytes = await source.read(path, maxBytes);
  const found: JsonLine<T>[] = [];
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const next = bytes.indexOf(lineFeed, start);
    const end = next === -1 ? bytes.length : next;
    const text = bytes.subarray(start, bytes[end - 1] === carriageReturn ? end - 1 : end);
    start = end + 1;
    if (text.every((byte) => byte === 0x20 || byte === 0x09)) continue;
    const whole = await steppingOver(context, () => ({ line, value: parseLine(path, line, text, schema) }));
    if (whole !== null) found.push(whole);
  }
  return found;
};
