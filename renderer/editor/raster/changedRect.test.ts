import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyRect } from '../../../shared/mask/rect.ts';
import { changedRect } from './changedRect.ts';

it('holds every difference between two states of a tile, and not a row or column more', () => {
  const sides = fc.tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 13 }));
  fc.assert(
    fc.property(sides, fc.array(fc.nat(), { maxLength: 4 }), fc.boolean(), ([widthPx, heightPx], places, isWet) => {
      const before = new Uint8Array(256).fill(isWet ? 90 : 0);
      const after = before.slice();
      const changed = places.map((place) => place % (widthPx * heightPx));
      for (const at of changed) after[at] = 255;
      // What lies behind the tile's pixels in the buffer does not count.
      after.fill(7, widthPx * heightPx);
      const xs = changed.map((at) => at % widthPx);
      const ys = changed.map((at) => Math.floor(at / widthPx));
      const expected =
        changed.length === 0
          ? emptyRect
          : {
              xPx: 1000 + Math.min(...xs),
              yPx: 500 + Math.min(...ys),
              widthPx: Math.max(...xs) - Math.min(...xs) + 1,
              heightPx: Math.max(...ys) - Math.min(...ys) + 1,
            };
      expect(changedRect({ xPx: 1000, yPx: 500, widthPx, heightPx }, before, after)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
