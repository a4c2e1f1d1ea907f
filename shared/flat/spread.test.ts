import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from './spread.ts';

test('a few of a list are taken evenly, in its order, its ends among them', () => {
  expect(spread([1, 2, 3], 5)).toEqual([1, 2, 3]);
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 200 }), fc.integer({ min: 2, max: 12 }), (length, count) => {
      const list = Array.from({ length }, (_, index) => index);
      const taken = spread(list, count);
      expect(taken).toHaveLength(Math.min(length, count));
      expect(new Set(taken).size).toBe(taken.length);
      expect([taken[0], taken.at(-1)]).toEqual([0, length - 1]);
      expect(taken.toSorted((a, b) => a - b)).toEqual(taken);
    }),
  );
});
