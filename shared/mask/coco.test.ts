import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cocoStringOf, columnRleOfCocoString } from './cocoString.ts';
import { polygonColumns } from './polygonColumns.ts';
import { columnRleOf, type ColumnRle } from './rleColumns.ts';
import { rleAreaPx, rleBoundingBox } from './rleMeasures.ts';
import { intersectRles, rleIou, uniteRles } from './rleMerge.ts';
import { areaOf, boxOf, columnsOf, countsOf, iouOf, polygonCounts, stringOf, type Columns } from './testing/cocoReference.ts';

const sides = fc.integer({ min: 1, max: 24 });
const maskOf = (widthPx: number, heightPx: number): fc.Arbitrary<Columns> =>
  fc.tuple(fc.array(fc.boolean(), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }), fc.integer({ min: 1, max: 40 }), fc.boolean()).map(([pixels, stretch, isSparse]) =>
    Array.from({ length: widthPx }, (_, x) => Array.from({ length: heightPx }, (_, y) => {
      const index = x * heightPx + y;
      return pixels[index - (index % stretch)] === true && !(isSparse && index % 3 > 0);
    })),
  );
const masks = fc.tuple(sides, sides).chain(([widthPx, heightPx]) => maskOf(widthPx, heightPx));
const pairs = fc.tuple(sides, sides).chain(([widthPx, heightPx]) => fc.tuple(maskOf(widthPx, heightPx), maskOf(widthPx, heightPx)));
const rleOf = (mask: Columns): ColumnRle => columnRleOf([mask[0]?.length ?? 0, mask.length], countsOf(mask));
/** Run lengths of photos of any size: numbers of one to seven characters. */
const runs = fc.array(fc.oneof(fc.nat(40), fc.nat(5000), fc.nat(9_000_000)), { minLength: 1, maxLength: 60 });

describe('COCO’s strings', () => {
  it('are those of the reference, and are read again', () => {
    fc.assert(
      fc.property(runs, (counts) => {
        const rle: ColumnRle = { size: [counts.reduce((sum, count) => sum + count, 0), 1], counts: Uint32Array.from(counts) };
        expect(cocoStringOf(rle)).toBe(stringOf(counts));
        expect(columnRleOfCocoString(rle.size, cocoStringOf(rle))).toEqual(rle);
      }),
      { numRuns: 400 },
    );
  });

  it('of up to a thousand megapixels', () => {
    for (const counts of [[999_999_999, 1], [0, 1_000_000_000], [500_000_000, 1, 1, 499_999_998], [1, 499_999_998, 500_000_000, 1]]) {
      const rle: ColumnRle = { size: [1_000_000, 1000], counts: Uint32Array.from(counts) };
      expect(cocoStringOf(rle)).toBe(stringOf(counts));
      expect(columnRleOfCocoString(rle.size, cocoStringOf(rle))).toEqual(rle);
    }
  });

  it('worked out by hand', () => {
    // 6: 00110 -> 48 + 6; 1; 40: 01000 and more, 00001 -> 48 + 32 + 8, 48 + 1; from the fourth on differences: 4 - 1 = 3; 5 - 40 = -35: 11101 and more, 11110.
    const counts = [6, 1, 40, 4, 5, 4, 5, 7];
    expect(cocoStringOf({ size: [8, 9], counts: Uint32Array.from(counts) })).toBe('61X13mN003');
    // The sign needs a bit: 16 is no five bits, -16 is.
    expect(cocoStringOf({ size: [1, 16], counts: Uint32Array.of(16) })).toBe('`0');
    expect(cocoStringOf({ size: [1, 42], counts: Uint32Array.of(1, 20, 17, 4) })).toBe('1d0a0@');
    expect(columnRleOfCocoString([8, 9], '61X13mN003')).toEqual({ size: [8, 9], counts: Uint32Array.from(counts) });
  });

  it('that are none are refused', () => {
    for (const text of ['', '4 ', '4ü', '\\', '1'.repeat(3), 'ooooooooo0', '4@', '401', 'P0', '00001000N', '\u0000']) {
      expect(() => columnRleOfCocoString([2, 2], text), text).toThrow(RangeError);
    }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(fc.integer({ min: 48, max: 111 })).map((codes) => String.fromCharCode(...codes))), (text) => {
        try {
          const { counts } = columnRleOfCocoString([4, 5], text);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
    expect(() => columnRleOfCocoString([100_000, 100_000], '1', 1e8)).toThrow('cannot have the size');
  });
});

describe('measures of runs', () => {
  it('area and box are the reference’s', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const rle = rleOf(mask);
        const { xPx, yPx, widthPx, heightPx } = rleBoundingBox(rle);
        expect(rleAreaPx(rle)).toBe(areaOf(mask));
        expect([xPx, yPx, widthPx, heightPx]).toEqual(boxOf(mask));
      }),
      { numRuns: 400 },
    );
  });

  it('IoU, also with a crowd, union and intersection are those of the pixels', () => {
    fc.assert(
      fc.property(pairs, fc.boolean(), ([a, b], isCrowd) => {
        expect(rleIou(rleOf(a), rleOf(b), isCrowd)).toBe(iouOf(a, b, isCrowd));
        const both = (isInside: (inA: boolean, inB: boolean) => boolean): Columns => a.map((column, x) => column.map((pixel, y) => isInside(pixel, b[x]?.[y] === true)));
        expect(uniteRles([rleOf(a), rleOf(b)])).toEqual(rleOf(both((inA, inB) => inA || inB)));
        expect(intersectRles([rleOf(a), rleOf(b)])).toEqual(rleOf(both((inA, inB) => inA && inB)));
        expect(uniteRles([rleOf(a), rleOf(b), rleOf(a)])).toEqual(uniteRles([rleOf(b), rleOf(a)]));
      }),
      { numRuns: 300 },
    );
    expect(() => rleIou(columnRleOf([2, 3], [6]), columnRleOf([3, 2], [6]))).toThrow(RangeError);
    expect(() => uniteRles([])).toThrow(RangeError);
  });
});

/** Also outside of the image, also on edges and middles of pixels, also whole numbers. */
const coordinate = (most: number): fc.Arbitrary<number> => fc.oneof(fc.double({ min: -most, max: 2 * most, noNaN: true }), fc.integer({ min: -5, max: most + 5 }), fc.integer({ min: -20, max: 10 * most }).map((tenths) => tenths / 10));
const rings = fc.array(fc.tuple(coordinate(24), coordinate(24)), { maxLength: 12 }).map((points) => points.flat());

describe('COCO’s polygons', () => {
  it('have the reference’s pixels, wherever the corners are', () => {
    fc.assert(
      fc.property(rings, sides, sides, (ring, widthPx, heightPx) => {
        const rle = polygonColumns(ring, widthPx, heightPx);
        expect(columnsOf([...rle.counts], widthPx, heightPx)).toEqual(columnsOf(polygonCounts(ring, widthPx, heightPx), widthPx, heightPx));
        expect([...rle.counts]).toEqual(countsOf(columnsOf([...rle.counts], widthPx, heightPx)));
      }),
      { numRuns: 1500 },
    );
  });

  it('of long steep and flat sides too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate(900), coordinate(700)), { minLength: 3, maxLength: 5 }), (points) => {
        const ring = points.flat();
        expect([...polygonColumns(ring, 300, 200).counts]).toEqual(polygonCounts(ring, 300, 200));
      }),
      { numRuns: 40 },
    );
  });

  it('drawn on the edges of pixels are those pixels', () => {
    expect([...polygonColumns([1, 1, 4, 1, 4, 3, 1, 3], 6, 5).counts]).toEqual([6, 2, 3, 2, 3, 2, 12]);
    expect([...polygonColumns([0, 0, 6, 0, 6, 5, 0, 5], 6, 5).counts]).toEqual([0, 30]);
  });

  it('that are absurd are refused before they cost anything', () => {
    expect(() => polygonColumns([0, 0, Number.NaN, 1, 1, 1], 5, 5)).toThrow(RangeError);
    expect(() => polygonColumns([0, 0, 1e300, 1, 1, 1], 5, 5)).toThrow(RangeError);
    expect([...polygonColumns([-3e8, -3e8, 3e8, -3e8, 3e8, 3e8, -3e8, 3e8], 5, 5).counts]).toEqual([0, 25]);
  });
});
