import { SaxesParser } from 'saxes';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { OpenSourceFile } from '../../../shared/ports/annotationSource.ts';
import { brokenAt, type LineAndColumn } from '../broken.ts';

/** What comes along in a document. `at`: where the tag ends. */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly at: LineAndColumn }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'close'; readonly name: string };

const chunkBytes = 256 * 1024;
/** A tag or a text that is longer is kept whole, so this is what memory grows to. */
const longestPiece = 64 * 2 ** 20;
const deepest = 200;

/**
 * Reads a document piece by piece, with memory flat. Nothing outside of it is read and entities are not expanded: a declaration is skipped, and what it declares
 * is a fault where it is used.
 * @throws ExpectedError annotations_invalid with line and column, file_unreadable; CancelledError
 */
export const readXml = async function* (path: string, file: OpenSourceFile, signal?: AbortSignal): AsyncGenerator<XmlEvent> {
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
  let events: XmlEvent[] = [];
  let lastEvent = 0;
  let depth = 0;
  const here = (): LineAndColumn => ({ line: parser.line, column: parser.column + 1 });
  const add = (event: XmlEvent): void => {
    lastEvent = parser.position;
    events.push(event);
  };
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > deepest) throw brokenAt(path, here(), `It is nested more than ${deepest} levels deep.`);
    add({ kind: 'open', name, attributes, at: here() });
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    add({ kind: 'close', name });
  });
  parser.on('text', (text) => add({ kind: 'text', text }));
  parser.on('cdata', (text) => add({ kind: 'text', text }));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) throw brokenAt(path, here(), `Its encoding is ${encoding}; save it as UTF-8.`);
  });
  /** The parser's own faults, in a sentence of ours. */
  const parse = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      if (error instanceof ExpectedError) throw error;
      const reason = error instanceof Error ? error.message.replace(/^(?:\d+:\d+: )?/, '').replace(/\.$/, '') : String(error);
      throw brokenAt(path, here(), `It is no XML here: ${reason}.`, error);
    }
  };
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw brokenAt(path, here(), 'The text is not UTF-8 somewhere after this; save it as UTF-8.', error);
    }
  };
  for (let offset = 0; offset < file.sizeBytes; ) {
    throwIfCancelled(signal);
    const bytes = await file.read(offset, chunkBytes);
    if (bytes.length === 0) break;
    offset += bytes.length;
    const text = decode(bytes);
    parse(() => parser.write(text));
    if (parser.position - lastEvent > longestPiece) throw brokenAt(path, here(), `A tag or a text is longer than ${longestPiece} characters.`);
    const found = events;
    events = [];
    yield* found;
  }
  const rest = decode();
  parse(() => parser.write(rest).close());
  yield* events;
};
