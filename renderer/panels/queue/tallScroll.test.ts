import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterScroll, elementHeightPx, placeAt, revealing, tallestPx } from './tallScroll.ts';

const viewPx = 600;
const million = { fullPx: 66_000_000, viewPx };

describe('lists taller than an element', () => {
  test('up to the limit the browser’s own place is the list’s', () => {
    const space = { fullPx: 6_600_000, viewPx };
    expect(elementHeightPx(space.fullPx)).toBe(space.fullPx);
    expect(placeAt(1_234_567, space)).toEqual({ topPx: 1_234_567, scrollTopPx: 1_234_567 });
    expect(afterScroll(placeAt(0, space), 40_000, space).topPx).toBe(40_000);
  });

  test('the scrollbar reaches both ends and the middle', () => {
    const elementRangePx = tallestPx - viewPx;
    expect(afterScroll(placeAt(0, million), elementRangePx, million).topPx).toBe(66_000_000 - viewPx);
    expect(afterScroll(placeAt(60_000_000, million), 0, million).topPx).toBe(0);
    expect(afterScroll(placeAt(0, million), elementRangePx / 2, million).topPx).toBeCloseTo((66_000_000 - viewPx) / 2, -1);
  });

  test('the wheel moves by its own pixels, wherever the list is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 65_000_000 }), fc.integer({ min: -viewPx, max: viewPx }), (topPx, stepPx) => {
        const before = placeAt(topPx, million);
        expect(afterScroll(before, before.scrollTopPx + stepPx, million).topPx - before.topPx).toBe(stepPx);
      }),
    );
  });

  test('a place is within the list, and the element’s scrollbar can be there', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 70_000_000 }), fc.integer({ min: 0, max: 70_000_000 }), (topPx, fullPx) => {
        const space = { fullPx, viewPx };
        const place = placeAt(topPx, space);
        expect(place.topPx).toBeGreaterThanOrEqual(0);
        expect(place.topPx).toBeLessThanOrEqual(Math.max(0, fullPx - viewPx));
        expect(place.scrollTopPx).toBeLessThanOrEqual(Math.max(0, elementHeightPx(fullPx) - viewPx));
      }),
    );
  });
});

test('a row is brought into view whole, with the least movement', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 65_400 }), (row, topPx) => {
      const next = revealing(row, 66, topPx, { fullPx: 66_000, viewPx });
      expect(row * 66).toBeGreaterThanOrEqual(next);
      expect(row * 66 + 66).toBeLessThanOrEqual(next + viewPx);
      const wasShown = row * 66 >= topPx && row * 66 + 66 <= topPx + viewPx;
      if (wasShown) expect(next).toBe(topPx);
    }),
  );
});
