import { RangeList } from '../../../shared/flat/rangeList.ts';
import { characterAt, endsEarly, JsonFaultError, maxDepth, tooDeep } from './fault.ts';

/** A member of the document's object. */
export interface Member {
  readonly start: number;
  end: number;
  /** Of its elements, where they were asked for and it is an array. */
  readonly elements: RangeList | null;
}

/** More are no list of annotations but a dictionary, and would fill the memory. */
const maxMembers = 10_000;
const maxNameBytes = 10_000;

/** Classes of bytes outside of texts. */
const [plain, space, quote, opening, closing, comma, colon] = [0, 1, 2, 3, 4, 5, 6];
const classes = new Uint8Array(256);
for (const [kind, marks] of [[space, ' \t\r\n'], [quote, '"'], [opening, '[{'], [closing, ']}'], [comma, ','], [colon, ':']] as const) for (const mark of marks) classes[mark.charCodeAt(0)] = kind;

type Place = 'top' | 'name or end' | 'name' | 'in name' | 'colon' | 'member' | 'after member' | 'element or end' | 'element' | 'after element' | 'in value' | 'end';
const wantedAt: Readonly<Partial<Record<Place, string>>> = {
  top: 'an object or an array',
  'name or end': 'a name in quotes or }',
  name: 'a name in quotes',
  colon: 'a colon',
  member: 'a value',
  'after member': 'a comma or }',
  'element or end': 'a value or ]',
  element: 'a value',
  'after element': 'a comma or ]',
  end: 'the end',
};

/**
 * Finds where the members of a document's object begin and end, and the elements of some of them, or the elements of a document that is an array; the
 * bytes come in pieces. The document's own grammar is checked, what is inside of a value only for its brackets and quotes: values are checked when they are parsed.
 */
export class JsonScanner {
  readonly #wanted: ReadonlySet<string>;
  readonly members = new Map<string, Member>();
  /** Of a document that is an array. */
  elements: RangeList | null = null;

  #place: Place = 'top';
  /** Bytes of the name in hand, quotes included; whether the last one was a backslash. */
  #name: number[] = [];
  #memberName = '';
  #memberStart = 0;
  /** The array whose elements are walked. */
  #list: RangeList | null = null;
  #valueStart = 0;
  /** Of the value in hand: how many brackets are open, and which. */
  #depth = 0;
  readonly #open = new Uint8Array(maxDepth + 1);
  #inText = false;
  #escaped = false;

  constructor(wanted: readonly string[]) {
    this.#wanted = new Set(wanted);
  }

  /** @param base offset of the piece in the file. @throws JsonFaultError */
  feed(bytes: Uint8Array, base: number): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#place === 'in value') {
        at = this.#skipValue(bytes, at, base);
        continue;
      }
      if (this.#place === 'in name') {
        at = this.#readName(bytes, at, base);
        continue;
      }
      const byte = bytes[at] as number;
      if (classes[byte] === space || this.#take(byte, bytes, at, base)) at++;
    }
  }

  /** @throws JsonFaultError where the document has not ended */
  finish(size: number): void {
    if (this.#place !== 'end') throw new JsonFaultError(size, size === 0 || this.#place === 'top' ? 'The file is empty.' : endsEarly);
  }

  /** One byte of the document's own grammar. @returns false where #skipValue is to look at it again: a number or a word begins */
  #take(byte: number, bytes: Uint8Array, at: number, base: number): boolean {
    const kind = classes[byte] as number;
    const place = this.#place;
    switch (place) {
      case 'top':
        if (byte === 0x7b) this.#place = 'name or end';
        else if (byte === 0x5b) {
          this.elements = this.#list = new RangeList();
          this.#place = 'element or end';
        } else break;
        return true;
      case 'name or end':
      case 'name':
        if (kind === quote) {
          this.#name = [byte];
          this.#escaped = false;
          this.#place = 'in name';
          return true;
        }
        if (byte !== 0x7d || place === 'name') break;
        this.#place = 'end';
        return true;
      case 'colon':
        if (kind !== colon) break;
        this.#place = 'member';
        return true;
      case 'member':
        this.#memberStart = base + at;
        if (byte === 0x5b && this.#wanted.has(this.#memberName)) {
          this.#list = new RangeList();
          this.#place = 'element or end';
          return true;
        }
        if (!this.#begin(byte, kind, base + at)) break;
        return this.#depth > 0 || this.#inText;
      case 'after member':
        if (kind !== comma && byte !== 0x7d) break;
        this.#place = kind === comma ? 'name' : 'end';
        return true;
      case 'element or end':
      case 'element':
        if (byte === 0x5d && place === 'element or end') {
          this.#endList(base + at + 1);
          return true;
        }
        if (!this.#begin(byte, kind, base + at)) break;
        return this.#depth > 0 || this.#inText;
      case 'after element':
        if (kind === comma) this.#place = 'element';
        else if (byte === 0x5d) this.#endList(base + at + 1);
        else break;
        return true;
      default:
    }
    const utf16 = base + at === 0 && byte >= 0xfe;
    throw new JsonFaultError(base + at, utf16 ? 'The file is UTF-16; save it as UTF-8.' : `There is ${characterAt(bytes, at)} where ${wantedAt[place] ?? 'nothing'} was expected.`);
  }

  #begin(byte: number, kind: number, start: number): boolean {
    if (kind === comma || kind === colon || kind === closing) return false;
    this.#valueStart = start;
    this.#place = 'in value';
    this.#inText = kind === quote;
    this.#escaped = false;
    this.#depth = 0;
    if (kind === opening) this.#open[++this.#depth] = byte;
    return true;
  }

  #skipValue(bytes: Uint8Array, start: number, base: number): number {
    let at = start;
    const end = bytes.length;
    if (this.#depth === 0 && !this.#inText) {
      // A number or a word ends at what can't belong to it.
      while (at < end && classes[bytes[at] as number] === plain) at++;
      if (at < end) this.#endValue(base + at);
      return at;
    }
    while (at < end) {
      if (this.#inText) {
        if (this.#escaped) {
          this.#escaped = false;
          at++;
          continue;
        }
        let byte = 0;
        while (at < end && (byte = bytes[at] as number) !== 0x22 && byte !== 0x5c) at++;
        if (at === end) return at;
        at++;
        if (byte === 0x5c) {
          this.#escaped = true;
          continue;
        }
        this.#inText = false;
        if (this.#depth > 0) continue;
        this.#endValue(base + at);
        return at;
      }
      let kind = plain;
      let byte = 0;
      while (at < end && ((kind = classes[(byte = bytes[at] as number)] as number) < quote || kind > closing)) at++;
      if (at === end) return at;
      if (kind === quote) this.#inText = true;
      else if (kind === opening) {
        if (this.#depth === maxDepth) throw new JsonFaultError(base + at, tooDeep);
        this.#open[++this.#depth] = byte;
      } else {
        // The code of a closing bracket is that of its opening one and 2.
        if ((this.#open[this.#depth--] as number) + 2 !== byte) throw new JsonFaultError(base + at, `There is ${characterAt(bytes, at)}, which closes nothing that is open here.`);
        if (this.#depth === 0) {
          this.#endValue(base + at + 1);
          return at + 1;
        }
      }
      at++;
    }
    return at;
  }

  #readName(bytes: Uint8Array, start: number, base: number): number {
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      this.#name.push(byte);
      if (this.#name.length > maxNameBytes) throw new JsonFaultError(base + at, 'The name is too long.');
      if (this.#escaped) this.#escaped = false;
      else if (byte === 0x5c) this.#escaped = true;
      else if (byte === 0x22) {
        this.#endName(base + at);
        return at + 1;
      }
    }
    return bytes.length;
  }

  #endName(end: number): void {
    try {
      this.#memberName = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(this.#name))) as string;
    } catch {
      // Why it is none is of little use: it is a name between two quotes.
      throw new JsonFaultError(end + 1 - this.#name.length, 'The name is no text of JSON.');
    }
    if (this.members.has(this.#memberName)) throw new JsonFaultError(end + 1 - this.#name.length, `${JSON.stringify(this.#memberName)} is there twice.`);
    if (this.members.size === maxMembers) throw new JsonFaultError(end, `There are more than ${maxMembers} names at the top.`);
    this.#place = 'colon';
  }

  #endValue(end: number): void {
    if (this.#list === null) {
      this.members.set(this.#memberName, { start: this.#valueStart, end, elements: null });
      this.#place = 'after member';
    } else {
      this.#list.add(this.#valueStart, end);
      this.#place = 'after element';
    }
  }

  #endList(end: number): void {
    if (this.elements === null) {
      this.members.set(this.#memberName, { start: this.#memberStart, end, elements: this.#list });
      this.#list = null;
      this.#place = 'after member';
    } else this.#place = 'end';
  }
}
