import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPx, emptyBitmap, sameBitmap, type Bitmap } from './bitmap.ts';
import { boundaryPixels } from './boundary.ts';
import { boundingBox } from './boundingBox.ts';
import { findComponents, type Connectivity } from './components.ts';
import { intersect, invert, subtract, unite } from './compositing.ts';
import { squaredDistance } from './distance.ts';
import { fillHoles, findHoles } from './holes.ts';
import { outlineSegments } from './outline.ts';
import { decodeRle, encodeRle } from './rleBinary.ts';
import { decodeColumnRle, encodeColumnRle } from './rleColumns.ts';

const sized = (widthPx: number, heightPx: number): fc.Arbitrary<Bitmap> =>
  fc
    .tuple(fc.array(fc.boolean(), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }), fc.integer({ min: 1, max: 6 }))
    // Stretched sideways now and then, so that there are runs and not noise alone.
    .map(([inside, stretch]) => ({ widthPx, heightPx, data: Uint8Array.from(inside, (_, index) => (inside[Math.floor(index / stretch)] === true ? 255 : 0)) }));
const size = fc.tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 18 }));
const bitmaps = size.chain(([widthPx, heightPx]) => sized(widthPx, heightPx));
const pairs = size.chain(([widthPx, heightPx]) => fc.tuple(sized(widthPx, heightPx), sized(widthPx, heightPx)));

/** From a picture: # is inside. */
const draw = (...rows: readonly string[]): Bitmap => ({
  widthPx: rows[0]?.length ?? 0,
  heightPx: rows.length,
  data: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 255 : 0)),
});

describe('row-major run lengths', () => {
  it('round-trip, also from the middle of a larger buffer', () => {
    fc.assert(
      fc.property(bitmaps, fc.nat(7), (bitmap, offset) => {
        expect(decodeRle(encodeRle(bitmap))).toEqual(bitmap);
        const buffer = new Uint8Array(bitmap.data.length + offset);
        buffer.set(bitmap.data, offset);
        expect(encodeRle({ ...bitmap, data: buffer.subarray(offset) })).toEqual(encodeRle(bitmap));
      }),
    );
  });

  it('are row by row: known bytes for a known mask', () => {
    expect([...encodeRle(draw('.##', '..#'))]).toEqual([3, 2, 1, 2, 2, 1]);
    expect([...encodeRle(draw('##', '#.'))]).toEqual([2, 2, 0, 3, 1]);
  });

  it('are refused when they are anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        try {
          const { widthPx, heightPx, data } = decodeRle(bytes, 10_000);
          expect(data.length).toBe(widthPx * heightPx);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
    expect(() => decodeRle(Uint8Array.of(0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f))).toThrow('larger than allowed');
  });
});

describe('COCO run lengths', () => {
  it('round-trip', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        expect(decodeColumnRle(encodeColumnRle(bitmap))).toEqual(bitmap);
      }),
    );
  });

  it('are column by column: known counts for a known mask', () => {
    expect(encodeColumnRle(draw('.##', '..#'))).toEqual({ size: [2, 3], counts: Uint32Array.of(2, 1, 1, 2) });
    expect([...encodeColumnRle(draw('#.', '#.')).counts]).toEqual([0, 2, 2]);
  });

  it('are refused when they do not cover the image', () => {
    expect(() => decodeColumnRle({ size: [2, 2], counts: [3] })).toThrow(RangeError);
    expect(() => decodeColumnRle({ size: [2, 2], counts: [1, 4] })).toThrow(RangeError);
    expect(() => decodeColumnRle({ size: [2, 2], counts: [1, -1, 4] })).toThrow(RangeError);
    expect(() => decodeColumnRle({ size: [2, 2], counts: [1.5, 2.5] })).toThrow(RangeError);
    expect(() => decodeColumnRle({ size: [1e6, 1e6], counts: [1e12] })).toThrow(RangeError);
  });
});

describe('compositing', () => {
  it('follows the laws of sets', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(subtract(a, b)).toEqual(intersect(a, invert(b)));
        expect(invert(unite(a, b))).toEqual(intersect(invert(a), invert(b)));
        expect(unite(subtract(a, b), intersect(a, b))).toEqual(a);
        expect(areaPx(unite(a, b)) + areaPx(intersect(a, b))).toBe(areaPx(a) + areaPx(b));
        expect(invert(invert(a))).toEqual(a);
      }),
    );
  });

  it('refuses masks of different images', () => {
    expect(() => unite(emptyBitmap(2, 3), emptyBitmap(3, 2))).toThrow(RangeError);
  });
});

describe('bounding box', () => {
  it('holds all of the mask and touches it on every side', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const inside: [number, number][] = [];
        bitmap.data.forEach((value, index) => {
          if (value === 255) inside.push([index % bitmap.widthPx, Math.floor(index / bitmap.widthPx)]);
        });
        const xs = inside.map(([x]) => x);
        const ys = inside.map(([, y]) => y);
        const expected =
          inside.length === 0
            ? null
            : { xPx: Math.min(...xs), yPx: Math.min(...ys), widthPx: Math.max(...xs) - Math.min(...xs) + 1, heightPx: Math.max(...ys) - Math.min(...ys) + 1 };
        expect(boundingBox(bitmap)).toEqual(expected);
      }),
    );
  });
});

/** Flood fill, as plainly as can be. */
const floodLabels = ({ widthPx, heightPx, data }: Bitmap, connectivity: Connectivity): Uint32Array => {
  const labels = new Uint32Array(data.length);
  let label = 0;
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || labels[start] !== 0) continue;
    label++;
    const stack = [start];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (data[at] === 0 || labels[at] !== 0) continue;
      labels[at] = label;
      const x = at % widthPx;
      const y = Math.floor(at / widthPx);
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if (connectivity === 4 && dx !== 0 && dy !== 0) continue;
          if (x + dx >= 0 && x + dx < widthPx && y + dy >= 0 && y + dy < heightPx) stack.push(at + dy * widthPx + dx);
        }
      }
    }
  }
  return labels;
};

describe('components', () => {
  it('are those of a flood fill, with its labels, areas and boxes', () => {
    fc.assert(
      fc.property(bitmaps, fc.constantFrom<Connectivity>(4, 8), (bitmap, connectivity) => {
        const { components, labels } = findComponents(bitmap, connectivity);
        expect(labels).toEqual(floodLabels(bitmap, connectivity));
        expect(components.reduce((sum, component) => sum + component.areaPx, 0)).toBe(areaPx(bitmap));
        for (const { label, areaPx: area, box } of components) {
          const alone = { ...bitmap, data: Uint8Array.from(labels, (value) => (value === label ? 255 : 0)) };
          expect(areaPx(alone)).toBe(area);
          expect(boundingBox(alone)).toEqual(box);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('join at corners only when eight neighbours count', () => {
    const diagonal = draw('#.', '.#');
    expect(findComponents(diagonal, 8).components).toHaveLength(1);
    expect(findComponents(diagonal, 4).components).toHaveLength(2);
  });
});

describe('holes', () => {
  it('are what is enclosed', () => {
    const ring = draw('.####.', '.#..#.', '.####.');
    expect(findHoles(ring)).toMatchObject([{ areaPx: 2, box: { xPx: 2, yPx: 1, widthPx: 2, heightPx: 1 } }]);
    expect(findHoles(draw('.#.', '#.#', '.#.'), 8)).toHaveLength(1);
    expect(findHoles(draw('.#.', '#.#', '.#.'), 4)).toHaveLength(0);
    expect(findHoles(draw('###', '#.#', '#.#'))).toHaveLength(0);
  });

  it('are gone once filled, and nothing else changes', () => {
    fc.assert(
      fc.property(bitmaps, fc.constantFrom<Connectivity>(4, 8), (bitmap, connectivity) => {
        const filled = fillHoles(bitmap, Infinity, connectivity);
        const holesPx = findHoles(bitmap, connectivity).reduce((sum, { areaPx: area }) => sum + area, 0);
        expect(areaPx(filled)).toBe(areaPx(bitmap) + holesPx);
        expect(sameBitmap(unite(bitmap, filled), filled)).toBe(true);
        expect(findHoles(filled, connectivity)).toEqual([]);
      }),
    );
  });

  it('stay when they are larger than what is to be filled', () => {
    const mask = draw('########', '#.##...#', '########');
    expect(findHoles(fillHoles(mask, 1))).toMatchObject([{ areaPx: 3 }]);
  });
});

describe('the outline', () => {
  it('is exactly the pixel edges between inside and outside', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const { widthPx, heightPx, data } = bitmap;
        const inside = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < widthPx && y < heightPx && data[y * widthPx + x] === 255;
        const expected = new Set<string>();
        for (let y = 0; y <= heightPx; y++) {
          for (let x = 0; x <= widthPx; x++) {
            if (x < widthPx && inside(x, y - 1) !== inside(x, y)) expected.add(`${x},${y} right`);
            if (y < heightPx && inside(x - 1, y) !== inside(x, y)) expected.add(`${x},${y} down`);
          }
        }
        const segments = outlineSegments(bitmap);
        const drawn: string[] = [];
        for (let at = 0; at < segments.length; at += 4) {
          const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = segments.subarray(at, at + 4);
          for (let x = x1; x < x2; x++) drawn.push(`${x},${y1} right`);
          for (let y = y1; y < y2; y++) drawn.push(`${x1},${y} down`);
        }
        expect(drawn).toHaveLength(expected.size);
        expect(new Set(drawn)).toEqual(expected);
      }),
    );
  });
});

describe('boundary and distance', () => {
  it('boundary pixels are inside and have an outside neighbour', () => {
    expect(boundaryPixels(draw('.....', '.###.', '.###.', '.###.', '.....'))).toEqual(draw('.....', '.###.', '.#.#.', '.###.', '.....'));
    expect(areaPx(boundaryPixels(invert(emptyBitmap(4, 3))))).toBe(10);
  });

  it('distance is that to the nearest inside pixel, exactly', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const distances = squaredDistance(bitmap);
        const places: [number, number][] = [];
        bitmap.data.forEach((value, index) => {
          if (value === 255) places.push([index % bitmap.widthPx, Math.floor(index / bitmap.widthPx)]);
        });
        const expected = Float64Array.from(bitmap.data, (_, index) => {
          const x = index % bitmap.widthPx;
          const y = Math.floor(index / bitmap.widthPx);
          return Math.min(...places.map(([px, py]) => (px - x) ** 2 + (py - y) ** 2));
        });
        expect(distances).toEqual(expected);
      }),
    );
  });
});
