import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NameTable } from './nameTable.ts';

const odd = fc.constantFrom<string | number>(0, -0, '-0', '0', '00', '1e3', 1000, '1000', '', '9007199254740993', 9007199254740991);
const name = fc.oneof<fc.Arbitrary<string | number>[]>(fc.integer(), fc.integer().map(String), fc.double(), fc.string({ unit: 'binary', maxLength: 12 }), odd);

it('numbers names as a Map of their texts does, however many were expected', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 200 }), fc.integer({ min: 0, max: 300 }), (names, expected) => {
      const table = new NameTable(expected);
      const numbers = new Map<string, number>();
      for (const text of names.map(String)) {
        if (!numbers.has(text)) numbers.set(text, numbers.size);
      }
      const seen = new Set<string>();
      for (const one of names) {
        expect(table.has(one)).toBe(seen.has(String(one)));
        seen.add(String(one));
        expect(table.add(one)).toBe(numbers.get(String(one)));
      }
      expect(table.count).toBe(numbers.size);
      expect(names.map((one) => table.find(one))).toEqual(names.map((one) => numbers.get(String(one))));
    }),
  );
});

it('tells many names apart that are almost the same, whole numbers and texts', () => {
  const table = new NameTable();
  const count = 20_000;
  const path = (index: number): string => `masks/image-${String(index).padStart(7, '0')}.png`;
  for (let index = 0; index < count; index++) {
    table.add(index * 2 ** 20);
    table.add(path(index));
  }
  expect(table.count).toBe(2 * count);
  expect(table.find(path(count))).toBe(-1);
  expect(table.find(path(7))).toBe(15);
});
