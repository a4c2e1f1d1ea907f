import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RangeList } from './rangeList.ts';

const numbers = (small: number): fc.Arbitrary<number> => fc.oneof(fc.integer({ min: 0, max: small }), fc.integer({ min: 0, max: 2 ** 40 }));

it('gives every range back, near or far, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(numbers(1000), numbers(100)), { maxLength: 60 }), (ranges) => {
      const list = new RangeList();
      for (const [start, length] of ranges) list.add(start, start + length);
      expect(list.count).toBe(ranges.length);
      expect(ranges.map((_, index) => list.at(index))).toEqual(ranges.map(([start, length]) => [start, start + length]));
      expect(() => list.at(ranges.length)).toThrow(RangeError);
    }),
  );
});

it('goes on over many blocks, also where one of them spans more than 4 GB', () => {
  const list = new RangeList();
  const startOf = (index: number): number => index * 10 + (index > 6000 ? 2 ** 33 : 0);
  for (let index = 0; index < 10_000; index++) list.add(startOf(index), startOf(index) + 9);
  for (const index of [0, 4095, 4096, 6000, 6001, 8191, 8192, 9999]) expect(list.at(index)).toEqual([startOf(index), startOf(index) + 9]);
});
