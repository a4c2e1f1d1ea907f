import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bitmap } from './bitmap.ts';
import { findComponents } from './components.ts';
import { interiorPoint } from './interiorPoint.ts';

/** From a picture: # is inside. */
const draw = (...rows: readonly string[]): Bitmap => ({ widthPx: rows[0]?.length ?? 0, heightPx: rows.length, data: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 255 : 0)) });

const bitmaps = fc
  .tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 11 }))
  .chain(([widthPx, heightPx]) => fc.array(fc.boolean(), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }).map((inside) => ({ widthPx, heightPx, data: Uint8Array.from(inside, (is) => (is ? 255 : 0)) })));

describe('the most interior point', () => {
  it('is in the middle of the largest piece, and the border counts as outside', () => {
    expect(interiorPoint(draw('#.......', '..#####.', '..#####.', '..#####.', '..#####.', '..#####.'))).toEqual({ x: 4, y: 3, areaPx: 25 });
    expect(interiorPoint(draw('###', '###', '###'))).toEqual({ x: 1, y: 1, areaPx: 9 });
    expect(interiorPoint(draw('...', '...'))).toBeNull();
    // Pieces that touch at a corner alone are two.
    expect(interiorPoint(draw('##..', '##..', '..##'))).toMatchObject({ x: 0, y: 0, areaPx: 4 });
  });

  it('is as far from everything else as any pixel of that piece, and never a pixel that is taken', () => {
    fc.assert(
      fc.property(bitmaps, fc.nat(200), (mask, seed) => {
        const { components, labels } = findComponents(mask, 4);
        const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= mask.widthPx || y >= mask.heightPx ? 0 : (labels[y * mask.widthPx + x] as number));
        const isTaken = ({ x, y }: { x: number; y: number }): boolean => seed > 100 && (x * 7 + y * 13 + seed) % 3 === 0;
        const largest = components.toSorted((a, b) => b.areaPx - a.areaPx)[0];
        const found = interiorPoint(mask, isTaken);
        const free: { x: number; y: number; distance: number }[] = [];
        for (let y = 0; y < mask.heightPx; y++) {
          for (let x = 0; x < mask.widthPx; x++) {
            if (at(x, y) !== largest?.label || isTaken({ x, y })) continue;
            let distance = Infinity;
            for (let v = -1; v <= mask.heightPx; v++) for (let u = -1; u <= mask.widthPx; u++) if (at(u, v) !== largest.label) distance = Math.min(distance, (u - x) ** 2 + (v - y) ** 2);
            free.push({ x, y, distance });
          }
        }
        const best = Math.max(...free.map(({ distance }) => distance));
        expect(found === null).toBe(free.length === 0);
        if (found !== null) expect(free.find(({ x, y }) => x === found.x && y === found.y)?.distance).toBe(best);
      }),
    );
  });
});
