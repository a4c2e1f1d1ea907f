import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerBound } from './lowerBound.ts';

test('is the place at which a value would be put before its equals', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (values, wanted) => {
      const ascending = values.toSorted((a, b) => a - b);
      expect(lowerBound(ascending.length, (index) => (ascending[index] as number) < wanted)).toBe(values.filter((value) => value < wanted).length);
    }),
  );
});
