import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bitmap } from '../mask/bitmap.ts';
import { encodeRle } from '../mask/rleBinary.ts';
import { countOverlapInSteps, countOverlapOfRuns } from './compareRle.ts';
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

test('two noisy masks are counted in steps, to the same counts', () => {
  const noisy = (seed: number): Bitmap => {
    const mask: Bitmap = { widthPx: 500, heightPx: 400, data: new Uint8Array(200_000) };
    let state = seed;
    for (let at = 0; at < mask.data.length; at++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      mask.data[at] = state > 2 ** 31 ? 255 : 0;
    }
    return mask;
  };
  const [a, b] = [noisy(1), noisy(2)];
  const steps = countOverlapInSteps(encodeRle(a), encodeRle(b));
  let pauses = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) pauses++;
  expect(pauses).toBeGreaterThan(1);
  expect(step.value).toEqual(countOverlap(a, b));
});
