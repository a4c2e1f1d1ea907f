import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBitmap, type Bitmap } from '../mask/bitmap.ts';
import { boundaryF, defaultTolerancePx } from './boundaryF.ts';
import { dice } from './dice.ts';
import { iou } from './iou.ts';

const square = (leftPx: number, topPx: number, sidePx: number, imageSidePx = 100): Bitmap => {
  const data = new Uint8Array(imageSidePx * imageSidePx);
  for (let y = topPx; y < topPx + sidePx; y++) data.fill(255, y * imageSidePx + leftPx, y * imageSidePx + leftPx + sidePx);
  return { widthPx: imageSidePx, heightPx: imageSidePx, data };
};
const squares = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })).map((place) => square(...place));

describe('metrics', () => {
  it('are 1 for equal masks, between 0 and 1 for others, and the same either way', () => {
    fc.assert(
      fc.property(squares, squares, (a, b) => {
        for (const metric of [iou, dice, (first: Bitmap, second: Bitmap) => boundaryF(first, second, 2)]) {
          expect(metric(a, a)).toBe(1);
          expect(metric(a, b)).toBeCloseTo(metric(b, a), 12);
          expect(metric(a, b)).toBeGreaterThanOrEqual(0);
          expect(metric(a, b)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('dice follows from iou: 2 j / (1 + j)', () => {
    fc.assert(
      fc.property(squares, squares, (a, b) => {
        expect(dice(a, b)).toBeCloseTo((2 * iou(a, b)) / (1 + iou(a, b)), 12);
      }),
    );
  });

  it('have known values', () => {
    expect(iou(square(0, 0, 20), square(10, 0, 20))).toBeCloseTo(200 / 600);
    expect(iou(square(0, 0, 10), emptyBitmap(100, 100))).toBe(0);
    expect(iou(emptyBitmap(3, 3), emptyBitmap(3, 3))).toBe(1);
  });

  it('outlines agree within the tolerance and not beyond', () => {
    expect(boundaryF(square(20, 20, 40), square(22, 20, 40), 2)).toBe(1);
    expect(boundaryF(square(20, 20, 40), square(23, 20, 40), 2)).toBeLessThan(1);
    expect(boundaryF(square(0, 0, 10), square(80, 80, 10), 2)).toBe(0);
    expect(boundaryF(square(0, 0, 10), emptyBitmap(100, 100), 2)).toBe(0);
    expect(defaultTolerancePx(emptyBitmap(300, 400))).toBe(4);
  });

  it('refuse masks of different images', () => {
    for (const metric of [iou, dice, boundaryF]) expect(() => metric(emptyBitmap(2, 3), emptyBitmap(3, 2))).toThrow(RangeError);
  });
});
