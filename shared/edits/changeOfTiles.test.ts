import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyBitmap, areaPx } from '../mask/bitmap.ts';
import { subtract } from '../mask/compositing.ts';
import { changeOfTiles } from './changeOfTiles.ts';
import { tilesOfBitmap } from './tilesOfBitmap.ts';

const [widthPx, heightPx] = [300, 280];
/** Some rectangles: whole tiles, parts of them and nothing. */
const masks = fc.array(fc.tuple(fc.nat(widthPx), fc.nat(heightPx), fc.nat(widthPx), fc.nat(heightPx)), { maxLength: 3 }).map((rects) => {
  const mask = emptyBitmap(widthPx, heightPx);
  for (const [x, y, width, height] of rects) for (let row = y; row < Math.min(heightPx, y + height); row++) mask.data.fill(255, row * widthPx + x, row * widthPx + Math.min(widthPx, x + width));
  return mask;
});

it('counts what pixel by pixel says', () => {
  fc.assert(
    fc.property(masks, masks, (before, after) => {
      expect(changeOfTiles(tilesOfBitmap(before), tilesOfBitmap(after))).toEqual({
        beforePx: areaPx(before),
        afterPx: areaPx(after),
        addedPx: areaPx(subtract(after, before)),
        removedPx: areaPx(subtract(before, after)),
      });
    }),
    { numRuns: 40 },
  );
});
