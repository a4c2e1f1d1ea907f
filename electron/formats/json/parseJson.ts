import { brokenAt, lineAndColumn } from '../broken.ts';
import { JsonFaultError, jsonFault, utf8Fault } from './fault.ts';

export const byteOrderMarkLength = (bytes: Uint8Array): number => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);

/**
 * Nesting of any depth is read without recursion: V8's parser keeps its own stack.
 * @param bytes one value of JSON in UTF-8, with or without a byte order mark
 * @throws JsonFaultError
 */
export const parseBytes = (bytes: Uint8Array): unknown => {
  const start = byteOrderMarkLength(bytes);
  const body = bytes.subarray(start);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch (error) {
    const fault = utf8Fault(body) ?? jsonFault(body);
    if (fault === null) throw error;
    throw new JsonFaultError(start + fault.offset, fault.sentence);
  }
};

/**
 * A document that fits into memory.
 * @param path for the error
 * @throws ExpectedError annotations_invalid with line and column
 */
export const parseJson = (path: string, bytes: Uint8Array): unknown => {
  try {
    return parseBytes(bytes);
  } catch (error) {
    if (!(error instanceof JsonFaultError)) throw error;
    throw brokenAt(path, lineAndColumn(bytes, error.fault.offset), error.fault.sentence, error);
  }
};
