/** Where a text stops being JSON, and why; bytes from its start. */
export interface JsonFault {
  readonly offset: number;
  /** "there is a comma too many", to go after a place. */
  readonly sentence: string;
}

/** Thrown inside of this folder only: what it is thrown for becomes an error with line and column. */
export class JsonFaultError extends Error {
  readonly fault: JsonFault;

  constructor(offset: number, sentence: string) {
    super(sentence);
    this.name = 'JsonFaultError';
    this.fault = { offset, sentence };
  }
}

export const maxDepth = 1000;
export const tooDeep = `It is nested more than ${maxDepth} levels deep.`;
export const endsEarly = 'The file ends here, in the middle of a value; it was cut off.';

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** For people: the character that stands there. */
export const characterAt = (bytes: Uint8Array, offset: number): string => {
  const byte = bytes[offset] as number;
  if (byte < 0x20 || byte === 0x7f) return `the control character ${byte}`;
  const length = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
  return `“${new TextDecoder().decode(bytes.subarray(offset, offset + length))}”`;
};

const expected = (bytes: Uint8Array, offset: number, what: string): JsonFaultError =>
  offset >= bytes.length ? new JsonFaultError(offset, endsEarly) : new JsonFaultError(offset, `There is ${characterAt(bytes, offset)} where ${what} was expected.`);

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number | undefined): boolean => byte !== undefined && (isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66));
const shortEscapes = new Set([...'"\\/bfnrt'].map((mark) => mark.charCodeAt(0)));

/** @returns the offset behind it */
const skipString = (bytes: Uint8Array, start: number): number => {
  if (bytes[start] !== 0x22) throw expected(bytes, start, 'a name in quotes');
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x22) return at + 1;
    if (byte < 0x20) throw new JsonFaultError(at, 'A text in quotes holds a line break or another control character; it must be escaped.');
    if (byte !== 0x5c) continue;
    at++;
    if (bytes[at] === 0x75) {
      for (let digit = 0; digit < 4; digit++) if (!isHex(bytes[++at])) throw expected(bytes, at, 'four hexadecimal digits');
    } else if (!shortEscapes.has(bytes[at] as number)) throw expected(bytes, at, 'an escape of JSON');
  }
  throw new JsonFaultError(bytes.length, endsEarly);
};

const skipDigits = (bytes: Uint8Array, start: number): number => {
  if (!isDigit(bytes[start])) throw expected(bytes, start, 'a digit');
  let at = start;
  while (isDigit(bytes[at])) at++;
  return at;
};

const skipNumber = (bytes: Uint8Array, start: number): number => {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  at = bytes[at] === 0x30 ? at + 1 : skipDigits(bytes, at);
  if (bytes[at] === 0x2e) at = skipDigits(bytes, at + 1);
  if (bytes[at] === 0x65 || bytes[at] === 0x45) at = skipDigits(bytes, bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d ? at + 2 : at + 1);
  return at;
};

const words = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

/** A value that holds no others. */
const skipScalar = (bytes: Uint8Array, start: number): number => {
  const first = bytes[start];
  if (first === 0x22) return skipString(bytes, start);
  if (first === 0x2d || isDigit(first)) return skipNumber(bytes, start);
  const word = words.find((candidate) => candidate[0] === first);
  if (word === undefined) throw expected(bytes, start, 'a value');
  for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word[index]) throw expected(bytes, start + index, `${new TextDecoder().decode(word)}`);
  return start + word.length;
};

const findFault = (bytes: Uint8Array): void => {
  let at = 0;
  const skipSpaces = (): void => {
    while (at < bytes.length && isSpace(bytes[at] as number)) at++;
  };
  const skipName = (): void => {
    skipSpaces();
    at = skipString(bytes, at);
    skipSpaces();
    if (bytes[at] !== 0x3a) throw expected(bytes, at, 'a colon');
    at++;
    skipSpaces();
  };
  /** What closes the containers that are open. */
  const closers: number[] = [];
  skipSpaces();
  for (;;) {
    // A value begins.
    const first = bytes[at];
    if (first === 0x7b || first === 0x5b) {
      const closer = first + 2;
      at++;
      skipSpaces();
      if (bytes[at] !== closer) {
        if (closers.push(closer) > maxDepth) throw new JsonFaultError(at, tooDeep);
        if (first === 0x7b) skipName();
        continue;
      }
      at++;
    } else at = skipScalar(bytes, at);
    // A value has ended, and with it perhaps what holds it.
    for (;;) {
      skipSpaces();
      const closer = closers.at(-1);
      if (closer === undefined) {
        if (at < bytes.length) throw expected(bytes, at, 'the end');
        return;
      }
      if (bytes[at] === 0x2c) {
        at++;
        skipSpaces();
        if (closer === 0x7d) skipName();
        break;
      }
      if (bytes[at] !== closer) throw expected(bytes, at, `a comma or ${closer === 0x7d ? '}' : ']'}`);
      closers.pop();
      at++;
    }
  }
};

/** The first place in the bytes that is against JSON's grammar (RFC 8259), or null. For saying what is wrong: reading is JSON.parse's. */
export const jsonFault = (bytes: Uint8Array): JsonFault | null => {
  try {
    findFault(bytes);
    return null;
  } catch (error) {
    if (error instanceof JsonFaultError) return error.fault;
    throw error;
  }
};

/** The first byte that is not UTF-8, or null. */
export const utf8Fault = (bytes: Uint8Array): JsonFault | null => {
  const again = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  for (let at = 0; at < bytes.length; at++) if (again[at] !== bytes[at]) return { offset: at, sentence: 'The text is not UTF-8 here.' };
  return null;
};
