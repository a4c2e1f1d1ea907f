import type { z } from 'zod';
import type { ExpectedError } from '../../../shared/errors/errors.ts';
import type { AnnotationSource, OpenSourceFile, SourceFile } from '../../../shared/ports/annotationSource.ts';
import { shown } from '../broken.ts';
import { openJson, type JsonDocument, type JsonElements } from './elements.ts';

/** Up to this size a document is held in memory: one read instead of many, and nothing stays open. */
const heldBytes = 8 << 20;

const inMemory = (bytes: Uint8Array): OpenSourceFile => ({ sizeBytes: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length), close: async () => undefined });

/**
 * A document of a source, as openJson; a large one stays open until its source is closed.
 * @throws ExpectedError annotations_invalid, file_unreadable; CancelledError
 */
export const openSourceJson = async (source: AnnotationSource, { path, sizeBytes }: SourceFile, arrays: readonly string[], signal?: AbortSignal): Promise<JsonDocument> => {
  const file = sizeBytes <= heldBytes ? inMemory(await source.read(path)) : await source.open(path);
  try {
    return await openJson(path, file, arrays, signal);
  } catch (error) {
    await file.close();
    throw error;
  }
};

export const isJson = (path: string): boolean => /\.json$/i.test(path);

/** Whether a JSON text has a member of this name somewhere; a value that reads so (a category called “items”) is none. */
export const hasMember = (text: string, name: string): boolean => new RegExp(`"${name}"\\s*:`).test(text);

/** The first and the last of a text file, for recognising it; empty where it can't be read: that is said when it is opened. */
export const endsOf = async (source: AnnotationSource, { path, sizeBytes }: SourceFile, bytesEach = 65_536): Promise<string> => {
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  try {
    if (sizeBytes <= 2 * bytesEach) return decode(await source.read(path));
    const file = await source.open(path);
    try {
      return `${decode(await file.read(0, bytesEach))}\n${decode(await file.read(sizeBytes - bytesEach, bytesEach))}`;
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
};

/** What is wrong with a value by its schema, as a sentence. */
export const issueOf = (error: z.ZodError): string => {
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${shown(issue.path.join('.'))}: `;
  return `${where}${issue?.message ?? 'It is not as expected'}.`;
};

/** @throws ExpectedError annotations_invalid with line and column of the element */
export const readAs = async <T>(elements: JsonElements, index: number, schema: z.ZodType<T>): Promise<T> => {
  const { success, data, error } = schema.safeParse(await elements.read(index));
  if (!success) throw await elements.broken(index, issueOf(error));
  return data;
};

/** @throws ExpectedError annotations_invalid: it has no such list */
export const arrayOf = async (document: JsonDocument, name: string): Promise<JsonElements> => {
  const elements = document.array(name);
  if (elements !== null) return elements;
  throw await missing(document, name, 'list');
};

export const missing = (document: JsonDocument, name: string, what: string): Promise<ExpectedError> =>
  document.broken(document.names.includes(name) ? name : null, document.names.includes(name) ? `“${name}” is no ${what}.` : `There is no ${what} “${name}”.`);
