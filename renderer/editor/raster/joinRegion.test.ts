import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tilesOfBitmap } from '../../../shared/edits/tilesOfBitmap.ts';
import { emptyBitmap, sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { intersect, subtract, unite } from '../../../shared/mask/compositing.ts';
import { differenceRuns } from '../../../shared/mask/differenceRuns.ts';
import { fillPolygon, polygonRuns } from '../../../shared/mask/fillPolygon.ts';
import { bitmapOfRuns } from '../../../shared/mask/rowRuns.ts';
import { joins, type Join } from '../../../shared/prompts/prompt.ts';
import { joinRegion } from './joinRegion.ts';

const [widthPx, heightPx] = [600, 300];
const rings = fc.array(
  fc.array(fc.tuple(fc.integer({ min: -60, max: 660 }), fc.integer({ min: -60, max: 360 })), { minLength: 3, maxLength: 5 }).map((places) => places.flat()),
  { minLength: 1, maxLength: 3 },
);
const joined: Readonly<Record<Join, (mask: Bitmap, region: Bitmap) => Bitmap>> = { replace: (_, region) => region, add: unite, subtract, intersect };

it('joins as whole masks do', () => {
  fc.assert(
    fc.property(rings, rings, fc.constantFrom(...joins), (mask, region, join) => {
      const before = fillPolygon(mask, widthPx, heightPx);
      const after = joinRegion(tilesOfBitmap(before), polygonRuns(region, widthPx, heightPx), join);
      expect(after).toEqual(tilesOfBitmap(joined[join](before, fillPolygon(region, widthPx, heightPx))));
    }),
    { numRuns: 60 },
  );
});

it('takes nothing and everything', () => {
  const half = fillPolygon([[0, 0, 300, 0, 300, 300, 0, 300]], widthPx, heightPx);
  const state = tilesOfBitmap(half);
  const nothing = polygonRuns([], widthPx, heightPx);
  const everything = polygonRuns([[-1, -1, 700, -1, 700, 400, -1, 400]], widthPx, heightPx);
  expect(joinRegion(state, nothing, 'add')).toEqual(state);
  expect(joinRegion(state, nothing, 'replace')).toEqual(tilesOfBitmap(emptyBitmap(widthPx, heightPx)));
  expect(joinRegion(state, everything, 'intersect')).toEqual(state);
  expect(joinRegion(state, everything, 'subtract')).toEqual(tilesOfBitmap(emptyBitmap(widthPx, heightPx)));
});

it('parts regions as masks are parted', () => {
  fc.assert(
    fc.property(rings, rings, (one, other) => {
      const difference = differenceRuns(polygonRuns(one, widthPx, heightPx), polygonRuns(other, widthPx, heightPx));
      const expected = subtract(fillPolygon(one, widthPx, heightPx), fillPolygon(other, widthPx, heightPx));
      expect(sameBitmap(bitmapOfRuns(difference, widthPx, heightPx), expected)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
