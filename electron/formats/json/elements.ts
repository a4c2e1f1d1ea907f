import { CancelledError, type ExpectedError } from '../../../shared/errors/errors.ts';
import type { RangeList } from '../../../shared/flat/rangeList.ts';
import type { OpenSourceFile } from '../../../shared/ports/annotationSource.ts';
import { brokenAt, countLines, type LineAndColumn } from '../broken.ts';
import { JsonFaultError } from './fault.ts';
import { byteOrderMarkLength, parseBytes } from './parseJson.ts';
import { JsonScanner } from './scanner.ts';

/** The elements of an array in a document of any size: read one at a time, from the file. Memory: 8 bytes an element, and a window of the file. */
export interface JsonElements {
  /** Of the member; empty: the document itself is the array. */
  readonly name: string;
  readonly count: number;
  /** Cheap for elements that lie close to the one before. @throws ExpectedError annotations_invalid, file_unreadable */
  read(index: number): Promise<unknown>;
  /** Bytes that the element takes in the file. */
  sizeBytes(index: number): number;
  /** For people: "instances.json, images[3]". */
  place(index: number): string;
  /** Says of an element what is wrong with it, with line and column. */
  broken(index: number, sentence: string): Promise<ExpectedError>;
}

export interface JsonDocument {
  readonly path: string;
  readonly top: 'object' | 'array';
  /** Of the object's members, in their order. */
  readonly names: readonly string[];
  /** An array whose elements were asked for; empty name: the document itself. Null: it is not there, or is no array. */
  array(name: string): JsonElements | null;
  /** A member as a whole; undefined: not there. @throws ExpectedError annotations_invalid, also where it is larger than `maxValueBytes` */
  value(name: string): Promise<unknown>;
  /** Says of a member (null: of the document) what is wrong with it, with line and column. */
  broken(name: string | null, sentence: string): Promise<ExpectedError>;
}

const chunkBytes = 1 << 20;
const windowBytes = 1 << 18;
/** A mask of a hundred megapixels of noise as text. */
export const maxValueBytes = 256 << 20;

/** Reads ranges; neighbours come from one read. */
class Window {
  readonly #file: OpenSourceFile;
  #held: { readonly offset: number; readonly bytes: Uint8Array } = { offset: 0, bytes: new Uint8Array(0) };

  constructor(file: OpenSourceFile) {
    this.#file = file;
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    let held = this.#held;
    if (start < held.offset || end > held.offset + held.bytes.length) {
      held = { offset: start, bytes: await this.#file.read(start, Math.max(end - start, windowBytes)) };
      // What is larger than a window would be kept for nothing.
      if (held.bytes.length <= windowBytes) this.#held = held;
    }
    return held.bytes.subarray(start - held.offset, end - held.offset);
  }
}

class ScannedDocument implements JsonDocument {
  readonly path: string;
  readonly #file: OpenSourceFile;
  readonly #scanner: JsonScanner;
  readonly #window: Window;

  constructor(path: string, file: OpenSourceFile, scanner: JsonScanner) {
    this.path = path;
    this.#file = file;
    this.#scanner = scanner;
    this.#window = new Window(file);
  }

  get top(): 'object' | 'array' {
    return this.#scanner.elements === null ? 'object' : 'array';
  }

  get names(): readonly string[] {
    return [...this.#scanner.members.keys()];
  }

  array(name: string): JsonElements | null {
    const ranges = name === '' && this.top === 'array' ? this.#scanner.elements : (this.#scanner.members.get(name)?.elements ?? null);
    return ranges === null ? null : this.#elements(name, ranges);
  }

  async value(name: string): Promise<unknown> {
    const member = this.#scanner.members.get(name);
    return member === undefined ? undefined : this.#parse(this.#window, member.start, member.end);
  }

  async broken(name: string | null, sentence: string): Promise<ExpectedError> {
    const member = name === null ? undefined : this.#scanner.members.get(name);
    return brokenAt(this.path, member === undefined ? null : await lineIn(this.#file, member.start), sentence);
  }

  #elements(name: string, ranges: RangeList): JsonElements {
    const window = new Window(this.#file);
    const label = name === '' ? 'element ' : name;
    return {
      name,
      count: ranges.count,
      read: (index) => this.#parse(window, ...ranges.at(index)),
      sizeBytes: (index) => ranges.at(index)[1] - ranges.at(index)[0],
      place: (index) => `${this.path}, ${label}[${index}]`,
      broken: async (index, sentence) => brokenAt(this.path, await lineIn(this.#file, ranges.at(index)[0]), `${label}[${index}]: ${sentence}`),
    };
  }

  async #parse(window: Window, start: number, end: number): Promise<unknown> {
    if (end - start > maxValueBytes) throw brokenAt(this.path, await lineIn(this.#file, start), `The value is larger than ${maxValueBytes >> 20} MiB.`);
    const bytes = await window.read(start, end);
    try {
      return parseBytes(bytes);
    } catch (error) {
      throw error instanceof JsonFaultError ? await located(this.path, this.#file, start + error.fault.offset, error) : error;
    }
  }
}

/** Counted when it is needed: errors are rare, lines are many. */
const lineIn = async (file: OpenSourceFile, offset: number): Promise<LineAndColumn> => {
  let place: LineAndColumn = { line: 1, column: 1 };
  for (let at = 0; at < offset; at += chunkBytes) {
    const bytes = await file.read(at, Math.min(chunkBytes, offset - at));
    place = countLines(at === 0 ? bytes.subarray(byteOrderMarkLength(bytes)) : bytes, place);
  }
  return place;
};

const located = async (path: string, file: OpenSourceFile, offset: number, error: JsonFaultError): Promise<ExpectedError> => brokenAt(path, await lineIn(file, offset), error.fault.sentence, error);

/**
 * Finds the elements of arrays in a JSON document of any size, so that they can be read one at a time, in any order. The document is read once, in pieces;
 * single values are checked when they are read.
 * @param path for errors
 * @param file stays open for as long as the document is used; its owner closes it
 * @param arrays names of members whose elements are wanted
 * @throws ExpectedError annotations_invalid with line and column: cut off, not JSON at the top, a name twice; CancelledError
 */
export const openJson = async (path: string, file: OpenSourceFile, arrays: readonly string[], signal?: AbortSignal): Promise<JsonDocument> => {
  const scanner = new JsonScanner(arrays);
  try {
    for (let offset = 0; offset < file.sizeBytes; ) {
      if (signal?.aborted === true) throw new CancelledError();
      const bytes = await file.read(offset, Math.min(chunkBytes, file.sizeBytes - offset));
      if (bytes.length === 0) break;
      const skipped = offset === 0 ? byteOrderMarkLength(bytes) : 0;
      scanner.feed(bytes.subarray(skipped), offset + skipped);
      offset += bytes.length;
    }
    scanner.finish(file.sizeBytes);
  } catch (error) {
    throw error instanceof JsonFaultError ? await located(path, file, error.fault.offset, error) : error;
  }
  return new ScannedDocument(path, file, scanner);
};
