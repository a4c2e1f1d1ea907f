import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bitmap } from '../mask/bitmap.ts';
import { encodeRle } from '../mask/rleBinary.ts';
import { countOverlapOfRuns } from './compareRle.ts';
import { countOverlap, iouOf } from './overlap.ts';

const twoMasks = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).chain(([widthPx, heightPx]) => {
  const mask = fc
    .array(fc.constantFrom(0, 255), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx })
    .map((values): Bitmap => ({ widthPx, heightPx, data: Uint8Array.from(values) }));
  return fc.tuple(mask, mask);
});

test('runs give the same counts as pixels do', () => {
  fc.assert(
    fc.property(twoMasks, ([a, b]) => {
      expect(countOverlapOfRuns(encodeRle(a), encodeRle(b))).toEqual(countOverlap(a, b));
    }),
  );
});

test('IoU is symmetric, between 0 and 1, and 1 exactly for equal masks', () => {
  fc.assert(
    fc.property(twoMasks, ([a, b]) => {
      const [first, second] = [encodeRle(a), encodeRle(b)];
      const there = iouOf(countOverlapOfRuns(first, second));
      expect(iouOf(countOverlapOfRuns(second, first))).toBe(there);
      expect(there).toBeGreaterThanOrEqual(0);
      expect(there).toBeLessThanOrEqual(1);
      expect(there === 1).toBe(Buffer.compare(a.data, b.data) === 0);
    }),
  );
});

test('other sizes and runs that end early are refused', () => {
  const mask = (widthPx: number): Uint8Array => encodeRle({ widthPx, heightPx: 2, data: new Uint8Array(widthPx * 2) });
  expect(() => countOverlapOfRuns(mask(2), mask(4))).toThrow(RangeError);
  expect(() => countOverlapOfRuns(mask(4), mask(4).slice(0, -1))).toThrow(RangeError);
});
