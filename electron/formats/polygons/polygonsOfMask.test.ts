import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPx, sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { findComponents } from '../../../shared/mask/components.ts';
import { fillPolygon, type FillRule } from '../../../shared/mask/fillPolygon.ts';
import { fillHoles } from '../../../shared/mask/holes.ts';
import { signedAreaPx, type Ring } from '../../../shared/mask/ring.ts';
import { countOverlap } from '../../../shared/metrics/overlap.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { bridgeIslands } from './bridgeIslands.ts';
import { ringsOf } from './polygon.ts';
import { polygonsOfMask } from './polygonsOfMask.ts';

const rules = fc.constantFrom<FillRule>('evenOdd', 'nonZero');
const filled = (rings: readonly Ring[], { widthPx, heightPx }: Bitmap, rule?: FillRule): Bitmap => fillPolygon(rings, widthPx, heightPx, rule);
const differing = (a: Bitmap, b: Bitmap): number => {
  const { firstPx, secondPx, bothPx } = countOverlap(a, b);
  return firstPx + secondPx - 2 * bothPx;
};

const draw = (...rows: readonly string[]): Bitmap => ({
  widthPx: rows[0]?.length ?? 0,
  heightPx: rows.length,
  data: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 255 : 0)),
});

describe('the polygons of a mask', () => {
  it('are its pieces with their holes, exactly, by either rule', () => {
    fc.assert(
      fc.property(arbitraryMask, rules, (mask, rule) => {
        const { polygons, losses } = polygonsOfMask(mask, { tolerancePx: 0, holes: 'keep' });
        expect(losses).toEqual([]);
        expect(sameBitmap(filled(ringsOf(polygons), mask, rule), mask)).toBe(true);
        expect(polygons).toHaveLength(findComponents(mask, 4).components.length);
        for (const { outer, holes } of polygons) {
          expect(signedAreaPx(outer)).toBeLessThan(0);
          for (const hole of holes) expect(signedAreaPx(hole)).toBeGreaterThan(0);
          // A piece is what its own rings enclose: no hole is given to another piece.
          expect(areaPx(filled([outer, ...holes], mask, rule))).toBe(holes.reduce((sum, hole) => sum - signedAreaPx(hole), -signedAreaPx(outer)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are one ring each when holes are bridged, and still exact by either rule', () => {
    fc.assert(
      fc.property(arbitraryMask, rules, (mask, rule) => {
        const { polygons, losses } = polygonsOfMask(mask, { tolerancePx: 0, holes: 'bridge' });
        expect(losses).toEqual([]);
        expect(polygons.every(({ holes }) => holes.length === 0)).toBe(true);
        expect(sameBitmap(filled(ringsOf(polygons), mask, rule), mask)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('joined to one single ring are exact', () => {
    fc.assert(
      fc.property(arbitraryMask, rules, (mask, rule) => {
        const { polygons } = polygonsOfMask(mask, { tolerancePx: 0, holes: 'bridge' });
        fc.pre(polygons.length > 0);
        expect(sameBitmap(filled([bridgeIslands(ringsOf(polygons))], mask, rule), mask)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('have slits inside of the mask alone', () => {
    fc.assert(
      fc.property(arbitraryMask, (mask) => {
        const { polygons } = polygonsOfMask(mask, { tolerancePx: 0, holes: 'bridge' });
        for (const { outer } of polygons) {
          for (let at = 0; at < outer.length; at += 2) {
            const [ax, ay, bx, by] = [outer[at] as number, outer[at + 1] as number, outer[(at + 2) % outer.length] as number, outer[(at + 3) % outer.length] as number];
            expect(ax === bx || ay === by).toBe(true);
            if (ay !== by) continue;
            // Level sides, and so all slits, have mask above or below them all along.
            for (let x = Math.min(ax, bx); x < Math.max(ax, bx); x++) expect([mask.data[(ay - 1) * mask.widthPx + x], ay < mask.heightPx ? mask.data[ay * mask.widthPx + x] : 0]).toContain(255);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('without their holes are the mask with them filled, and say how many there were', () => {
    fc.assert(
      fc.property(arbitraryMask, rules, (mask, rule) => {
        const { polygons, losses } = polygonsOfMask(mask, { tolerancePx: 0, holes: 'fill' });
        const kept = polygonsOfMask(mask, { tolerancePx: 0, holes: 'keep' });
        const holes = kept.polygons.reduce((sum, polygon) => sum + polygon.holes.length, 0);
        expect(losses).toEqual(holes === 0 ? [] : [holes === 1 ? '1 hole is filled.' : `${holes} holes are filled.`]);
        const mine = filled(ringsOf(polygons), mask, rule);
        expect(sameBitmap(mine, filled(kept.polygons.map(({ outer }) => outer), mask, 'nonZero'))).toBe(true);
        expect(sameBitmap(mine, mask)).toBe(holes === 0);
        // What an unbroken line of pixels goes round is filled in any case.
        expect(differing(mine, fillHoles(mine, Infinity, 4))).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('simplified say how many pixels differ, cross nowhere, and keep it small', () => {
    fc.assert(
      fc.property(arbitraryMask, fc.double({ min: 0.01, max: 4, noNaN: true }), rules, (mask, tolerancePx, rule) => {
        const kept = polygonsOfMask(mask, { tolerancePx, holes: 'keep' });
        const again = filled(ringsOf(kept.polygons), mask, rule);
        const pixels = differing(mask, again);
        expect(kept.losses).toEqual(pixels === 0 ? [] : [`The outline is simplified: ${pixels === 1 ? '1 pixel differs' : `${pixels} pixels differ`}.`]);
        const bridged = polygonsOfMask(mask, { tolerancePx, holes: 'bridge' });
        expect(sameBitmap(filled(ringsOf(bridged.polygons), mask, rule), again)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('touch at corners without joining there', () => {
    const { polygons } = polygonsOfMask(draw('####', '#..#', '#.#.', '####'), { tolerancePx: 0, holes: 'keep' });
    expect(polygons).toHaveLength(1);
    expect(polygons[0]?.holes).toHaveLength(1);
    expect(polygonsOfMask(draw('#.', '.#'), { tolerancePx: 0, holes: 'keep' }).polygons).toHaveLength(2);
  });

  it('keep an island in a hole apart from what is around it', () => {
    const { polygons } = polygonsOfMask(draw('#####', '#...#', '#.#.#', '#...#', '#####'), { tolerancePx: 0, holes: 'keep' });
    expect(polygons.map(({ holes }) => holes.length)).toEqual([1, 0]);
  });
});
