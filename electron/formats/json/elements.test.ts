import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { OpenSourceFile } from '../../../shared/ports/annotationSource.ts';
import { openJson } from './elements.ts';
import { jsonFault } from './fault.ts';
import { parseJson } from './parseJson.ts';
import { JsonScanner } from './scanner.ts';

const fileOf = (bytes: Uint8Array): OpenSourceFile => ({ sizeBytes: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length), close: async () => undefined });
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Everything in it, as JSON.parse would give it. */
const readAll = async (bytes: Uint8Array, arrays: readonly string[]): Promise<unknown> => {
  const document = await openJson('a.json', fileOf(bytes), arrays);
  const all = async (name: string): Promise<unknown[]> => {
    const elements = document.array(name);
    // Backwards: the order of reading is free.
    const values: unknown[] = [];
    for (let index = (elements?.count ?? 0) - 1; index >= 0; index--) values.unshift(await elements?.read(index));
    return values;
  };
  if (document.top === 'array') return all('');
  const members: [string, unknown][] = [];
  for (const name of document.names) members.push([name, document.array(name) === null ? await document.value(name) : await all(name)]);
  return Object.fromEntries(members);
};

const json = fc.jsonValue({ maxDepth: 4, noneMinusZero: true } as fc.JsonSharedConstraints);
const name = fc.oneof(fc.constantFrom('images', 'annotations', 'info', '\\"', 'ü\u{1F600}', '{'), fc.string({ unit: 'grapheme', maxLength: 6 }));
const documents = fc.oneof(fc.dictionary(name, fc.oneof(json, fc.array(json)), { maxKeys: 5 }), fc.array(json, { maxLength: 6 }));
const spaces = fc.constantFrom(undefined, 0, 1, 4, '\t', ' \n');
const texts = fc.tuple(documents, spaces, fc.constantFrom('', '\ufeff'), fc.constantFrom('', '\n', ' \r\n\t')).map(([value, space, mark, end]) => `${mark}${end}${JSON.stringify(value, null, space)}${end}`);

const messageOf = async (text: string, arrays: readonly string[] = ['images']): Promise<string> => {
  const error = await readAll(utf8(text), arrays).then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ExpectedError);
  expect((error as ExpectedError).code).toBe('annotations_invalid');
  return (error as ExpectedError).message;
};

describe('the elements of a JSON document', () => {
  it('are what JSON.parse gives', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await readAll(utf8(text), ['images', 'annotations', '{'])).toEqual(JSON.parse(text.replace('\ufeff', '')));
      }),
      { numRuns: 300 },
    );
  });

  it('are found wherever the file is cut into pieces', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(400), { maxLength: 12 }), (text, cuts) => {
        const bytes = utf8(text.replace('\ufeff', ''));
        const rangesOf = (pieces: readonly number[]): unknown => {
          const scanner = new JsonScanner(['images']);
          const places = [0, ...[...pieces].map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
          for (let at = 1; at < places.length; at++) scanner.feed(bytes.subarray(places[at - 1], places[at]), places[at - 1] as number);
          scanner.finish(bytes.length);
          const list = (ranges: { count: number; at: (index: number) => unknown } | null): unknown => ranges && Array.from({ length: ranges.count }, (_, index) => ranges.at(index));
          return { top: list(scanner.elements), members: [...scanner.members].map(([key, { start, end, elements }]) => [key, start, end, list(elements)]) };
        };
        expect(rangesOf(cuts)).toEqual(rangesOf([]));
        expect(rangesOf(Array.from({ length: bytes.length }, (_, index) => index))).toEqual(rangesOf([]));
      }),
      { numRuns: 150 },
    );
  });

  it('are refused exactly when JSON.parse refuses the document', async () => {
    const marks = fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 'true', 'nul', '\n', ' ', '\u0001', '\\u12', 'ü');
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(), fc.nat(4), marks, async (whole, at, removed, mark) => {
        const text = whole.replace('\ufeff', '');
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + mark + text.slice(place + removed);
        fc.pre(broken.isWellFormed());
        let isValid = true;
        try {
          JSON.parse(broken);
        } catch {
          isValid = false;
        }
        expect(jsonFault(utf8(broken)) === null).toBe(isValid);
        const refusal = await readAll(utf8(broken), ['images', 'annotations']).then(() => null, (error: unknown) => error);
        // A document of one number or text is JSON, and no annotations; of names that are there twice JSON.parse takes the last.
        if (isValid && refusal !== null) expect((refusal as Error).message).toMatch(/an object or an array|twice/);
        if (!isValid) expect(refusal).toBeInstanceOf(ExpectedError);
      }),
      { numRuns: 600 },
    );
  });

  it('are refused with the line and column of what is wrong', async () => {
    expect(await messageOf('{"info": {},\n "images": [{"id": 1},\n  {"id": 2,}]}')).toBe('a.json, line 3, column 12: There is “}” where a name in quotes was expected.');
    expect(await messageOf('\ufeff{"ü": 1 "images": []}')).toBe('a.json, line 1, column 9: There is “"” where a comma or } was expected.');
    expect(await messageOf('{"images": [\n1,\n')).toBe('a.json, line 3, column 1: The file ends here, in the middle of a value; it was cut off.');
    expect(await messageOf('{"images": [1], "images": [2]}')).toBe('a.json, line 1, column 17: "images" is there twice.');
    expect(await messageOf('[{"a": [}]]')).toBe('a.json, line 1, column 9: There is “}”, which closes nothing that is open here.');
    expect(await messageOf('')).toBe('a.json, line 1, column 1: The file is empty.');
    expect(await messageOf('<annotation/>')).toBe('a.json, line 1, column 1: There is “<” where an object or an array was expected.');
    expect(await messageOf('{"images": [1]}\n]')).toBe('a.json, line 2, column 1: There is “]” where the end was expected.');
    expect(await messageOf(`{"images": [${'['.repeat(100_000)}`)).toBe('a.json, line 1, column 1013: It is nested more than 1000 levels deep.');
    expect(await messageOf('{"images": ["line\nbreak"]}')).toMatch(/line 1, column 18: A text in quotes holds a line break/);
    const latin = Uint8Array.from([...utf8('{"images": ["'), 0xfc, ...utf8('"]}')]);
    await expect(readAll(latin, ['images'])).rejects.toThrow('a.json, line 1, column 14: The text is not UTF-8 here.');
    await expect(readAll(Uint8Array.from([0xff, 0xfe, 0x7b, 0]), [])).rejects.toThrow('The file is UTF-16; save it as UTF-8.');
  });

  it('are named for people', async () => {
    const document = await openJson('in/a.json', fileOf(utf8('{"images": [1,\n {"id": 2}]}')), ['images']);
    expect(document.array('images')?.place(1)).toBe('in/a.json, images[1]');
    expect((await document.array('images')?.broken(1, 'It has no size.'))?.message).toBe('in/a.json, line 2, column 2: images[1]: It has no size.');
    expect(document.array('annotations')).toBeNull();
    expect(await document.value('annotations')).toBeUndefined();
  });
});

it('a small document of any depth is parsed, or refused with its place', () => {
  expect(JSON.stringify(parseJson('b.json', utf8('{"a": 1}')))).toBe('{"a":1}');
  expect(() => parseJson('b.json', utf8('{"a":\n tru}'))).toThrow('b.json, line 2, column 5: There is “}” where true was expected.');
  expect(parseJson('b.json', utf8(`${'['.repeat(50_000)}${']'.repeat(50_000)}`))).toBeInstanceOf(Array);
  expect(() => parseJson('b.json', utf8('['.repeat(50_000)))).toThrow('b.json, line 1, column');
});
