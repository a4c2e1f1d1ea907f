import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bitmap } from '../mask/bitmap.ts';
import { iouOf, stateDifference } from './stateDifference.ts';
import { tilesOfBitmap } from './tilesOfBitmap.ts';

/** More than one tile both ways, with cut ones. */
const [widthPx, heightPx] = [270, 260];
const bitmap = fc
  .array(fc.tuple(fc.nat(widthPx), fc.nat(heightPx), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), fc.boolean()), { maxLength: 6 })
  .map((rects): Bitmap => {
    const data = new Uint8Array(widthPx * heightPx);
    for (const [x0, y0, w, h, isInside] of rects) for (let y = y0; y < Math.min(heightPx, y0 + h); y++) data.fill(isInside ? 255 : 0, y * widthPx + x0, y * widthPx + Math.min(widthPx, x0 + w));
    return { widthPx, heightPx, data };
  });

test('counts as the pixels say', () => {
  fc.assert(
    fc.property(bitmap, bitmap, (before, after) => {
      let [addedPx, removedPx, keptPx] = [0, 0, 0];
      for (let at = 0; at < before.data.length; at++) {
        if (before.data[at] === 255 && after.data[at] === 255) keptPx++;
        else if (before.data[at] === 255) removedPx++;
        else if (after.data[at] === 255) addedPx++;
      }
      expect(stateDifference(tilesOfBitmap(before), tilesOfBitmap(after))).toEqual({ addedPx, removedPx, keptPx });
    }),
    { numRuns: 60 },
  );
});

test('overlap: all, half, none, and nothing at all', () => {
  expect(iouOf({ addedPx: 0, removedPx: 0, keptPx: 9 })).toBe(1);
  expect(iouOf({ addedPx: 5, removedPx: 5, keptPx: 10 })).toBe(0.5);
  expect(iouOf({ addedPx: 5, removedPx: 5, keptPx: 0 })).toBe(0);
  expect(iouOf({ addedPx: 0, removedPx: 0, keptPx: 0 })).toBe(1);
});
