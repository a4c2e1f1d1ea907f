import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBitmap, type Bitmap } from './bitmap.ts';
import { invert, subtract, unite } from './compositing.ts';
import { close, grow, open, shrink } from './morphology.ts';
import { changeNearEdges } from './nearEdges.ts';
import { smooth } from './smooth.ts';

const sized = (widthPx: number, heightPx: number): fc.Arbitrary<Bitmap> =>
  fc
    .tuple(fc.array(fc.boolean(), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }), fc.integer({ min: 1, max: 9 }))
    .map(([inside, stretch]) => ({ widthPx, heightPx, data: Uint8Array.from(inside, (_, index) => (inside[Math.floor(index / stretch)] === true ? 255 : 0)) }));
const size = fc.tuple(fc.integer({ min: 1, max: 22 }), fc.integer({ min: 1, max: 17 }));
const bitmaps = size.chain(([widthPx, heightPx]) => sized(widthPx, heightPx));
const pairs = size.chain(([widthPx, heightPx]) => fc.tuple(sized(widthPx, heightPx), sized(widthPx, heightPx)));
const radii = fc.integer({ min: 0, max: 14 }).map((halves) => halves / 2);

/** By the definition: every pixel against every other. */
const grownByDefinition = ({ widthPx, heightPx, data }: Bitmap, radiusPx: number): Bitmap => {
  const grown = emptyBitmap(widthPx, heightPx);
  data.forEach((value, at) => {
    if (value === 0) return;
    const [x, y] = [at % widthPx, Math.floor(at / widthPx)];
    grown.data.forEach((_, to) => {
      if ((x - (to % widthPx)) ** 2 + (y - Math.floor(to / widthPx)) ** 2 <= radiusPx * radiusPx) grown.data[to] = 255;
    });
  });
  return grown;
};

const holds = (larger: Bitmap, smaller: Bitmap): boolean => subtract(smaller, larger).data.every((value) => value === 0);

describe('growing and shrinking by a disc', () => {
  it('is what the definition says, at the image’s borders too', () => {
    fc.assert(
      fc.property(bitmaps, radii, (bitmap, radiusPx) => {
        expect(grow(bitmap, radiusPx)).toEqual(grownByDefinition(bitmap, radiusPx));
        // Duality: what lies beyond the border is neither inside nor outside.
        expect(shrink(bitmap, radiusPx)).toEqual(invert(grownByDefinition(invert(bitmap), radiusPx)));
      }),
    );
  });

  it('closing only adds, opening only takes away, and neither does anything the second time', () => {
    fc.assert(
      fc.property(bitmaps, radii, (bitmap, radiusPx) => {
        const closed = close(bitmap, radiusPx);
        const opened = open(bitmap, radiusPx);
        expect(closed).toEqual(shrink(grow(bitmap, radiusPx), radiusPx));
        expect(opened).toEqual(grow(shrink(bitmap, radiusPx), radiusPx));
        expect(holds(closed, bitmap) && holds(bitmap, opened)).toBe(true);
        expect(close(closed, radiusPx)).toEqual(closed);
        expect(open(opened, radiusPx)).toEqual(opened);
        expect(opened).toEqual(invert(close(invert(bitmap), radiusPx)));
      }),
    );
  });

  it('keeps order: a larger mask stays larger, and growing takes unions apart', () => {
    fc.assert(
      fc.property(pairs, radii, ([a, b], radiusPx) => {
        expect(grow(unite(a, b), radiusPx)).toEqual(unite(grow(a, radiusPx), grow(b, radiusPx)));
        expect(holds(shrink(unite(a, b), radiusPx), shrink(a, radiusPx))).toBe(true);
      }),
    );
  });

  it('counts diagonals from 1.5 px on, and never eats a mask from the image’s border', () => {
    const dot = emptyBitmap(5, 5);
    dot.data[12] = 255;
    const area = (bitmap: Bitmap): number => bitmap.data.filter((value) => value === 255).length;
    expect([0.5, 1, 1.5, 2].map((radiusPx) => area(grow(dot, radiusPx)))).toEqual([1, 5, 9, 13]);
    const half = { widthPx: 6, heightPx: 4, data: Uint8Array.from({ length: 24 }, (_, at) => (at % 6 < 4 ? 255 : 0)) };
    expect(area(shrink(half, 1))).toBe(12);
    expect(area(shrink(grow(emptyBitmap(6, 4), 3), 3))).toBe(0);
    expect(() => grow(dot, 251)).toThrow('from 0 to 250');
  });

  it('gives the same cell by cell: masks over several cells, with radii that reach across them', () => {
    const widthPx = 700;
    const heightPx = 540;
    const data = Uint8Array.from({ length: widthPx * heightPx }, (_, at) => {
      const [x, y] = [at % widthPx, Math.floor(at / widthPx)];
      return ((x - 255) / 90) ** 2 + ((y - 256) / 120) ** 2 < 1 || (x > 500 && x % 90 < 12 && y > 200) ? 255 : 0;
    });
    const bitmap = { widthPx, heightPx, data };
    for (const radiusPx of [3.5, 60]) {
      // In one piece: a reach as wide as the image makes one cell of it.
      const whole = changeNearEdges(bitmap, 700, (part) => invert(grow(invert(part), radiusPx)));
      expect(shrink(bitmap, radiusPx)).toEqual(whole);
      expect(close(bitmap, radiusPx)).toEqual(changeNearEdges(bitmap, 700, (part) => shrink(grow(part, radiusPx), radiusPx)));
    }
    expect(smooth(bitmap, 12)).toEqual(changeNearEdges(bitmap, 700, (part) => smooth(part, 12)));
  });
});

describe('smoothing', () => {
  it('treats inside and outside alike', () => {
    fc.assert(
      fc.property(bitmaps, radii, (bitmap, radiusPx) => {
        expect(smooth(invert(bitmap), radiusPx)).toEqual(invert(smooth(bitmap, radiusPx)));
      }),
    );
  });

  it('leaves straight edges alone, takes bumps away and fills notches', () => {
    const widthPx = 60;
    const edge = { widthPx, heightPx: 40, data: Uint8Array.from({ length: widthPx * 40 }, (_, at) => (at % widthPx < 30 ? 255 : 0)) };
    expect(smooth(edge, 4)).toEqual(edge);
    const rough = { ...edge, data: edge.data.slice() };
    rough.data[20 * widthPx + 30] = rough.data[20 * widthPx + 31] = 255;
    rough.data[10 * widthPx + 29] = rough.data[10 * widthPx + 28] = 0;
    expect(smooth(rough, 4)).toEqual(edge);
  });
});
