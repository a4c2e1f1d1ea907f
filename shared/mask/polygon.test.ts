import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPx, emptyBitmap, sameBitmap, type Bitmap } from './bitmap.ts';
import { findComponents, type Connectivity } from './components.ts';
import { fillPolygon, polygonRuns, type FillRule } from './fillPolygon.ts';
import { findHoles, fillHoles } from './holes.ts';
import { outlineSegments } from './outline.ts';
import { pointCount, signedAreaPx, type Ring } from './ring.ts';
import { resampleRing } from './resampleRing.ts';
import { ringsOfMask } from './ringsOfMask.ts';
import { runsAreaPx } from './rowRuns.ts';
import { simplifyLine } from './simplifyLine.ts';
import { simplifyRing } from './simplifyRing.ts';
import { smoothRing } from './smoothRing.ts';
import { outerRingAt } from './traceRing.ts';

const bitmaps = fc
  .tuple(fc.integer({ min: 1, max: 22 }), fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 6 }))
  .chain(([widthPx, heightPx, stretch]) =>
    fc.array(fc.boolean(), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }).map(
      (inside): Bitmap => ({ widthPx, heightPx, data: Uint8Array.from(inside, (_, index) => (inside[Math.floor(index / stretch)] === true ? 255 : 0)) }),
    ),
  );
const connectivities = fc.constantFrom<Connectivity>(4, 8);
const rules = fc.constantFrom<FillRule>('evenOdd', 'nonZero');
/** Also beyond a 20 x 16 image, also on pixel corners and centres. */
const coordinate = (most: number): fc.Arbitrary<number> => fc.oneof(fc.double({ min: -6, max: most + 6, noNaN: true }), fc.integer({ min: -12, max: 2 * most + 12 }).map((half) => half / 2));
const ringsOf = (points: number): fc.Arbitrary<number[]> => fc.array(fc.tuple(coordinate(20), coordinate(16)), { minLength: 3, maxLength: points }).map((places) => places.flat());

const draw = (...rows: readonly string[]): Bitmap => ({
  widthPx: rows[0]?.length ?? 0,
  heightPx: rows.length,
  data: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 255 : 0)),
});
const insideAt = ({ widthPx, heightPx, data }: Bitmap) => (x: number, y: number): boolean => x >= 0 && y >= 0 && x < widthPx && y < heightPx && data[y * widthPx + x] === 255;

/** As plainly as can be: which sides a ray to the left of the pixel's centre crosses. */
const insideByRay = (rings: readonly Ring[], x: number, y: number, rule: FillRule): boolean => {
  let [crossings, winding] = [0, 0];
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      const next = (at + 2) % ring.length;
      const [ax = 0, ay = 0, bx = 0, by = 0] = [ring[at], ring[at + 1], ring[next], ring[next + 1]];
      if (ay <= y === by <= y) continue;
      const [topX, topY, bottomX, bottomY] = ay < by ? [ax, ay, bx, by] : [bx, by, ax, ay];
      if (topX + (y - topY) * ((bottomX - topX) / (bottomY - topY)) > x) continue;
      crossings++;
      winding += ay < by ? 1 : -1;
    }
  }
  return rule === 'evenOdd' ? crossings % 2 === 1 : winding !== 0;
};

describe('a filled polygon', () => {
  it('has the pixels whose centres are inside, by either rule, wherever its sides run', () => {
    fc.assert(
      fc.property(fc.array(ringsOf(9), { maxLength: 3 }), rules, (rings, rule) => {
        const mask = fillPolygon(rings, 20, 16, rule);
        const expected = emptyBitmap(20, 16);
        for (let y = 0; y < 16; y++) for (let x = 0; x < 20; x++) expected.data[y * 20 + x] = insideByRay(rings, x + 0.5, y + 0.5, rule) ? 255 : 0;
        expect(mask).toEqual(expected);
        expect(runsAreaPx(polygonRuns(rings, 20, 16, rule))).toBe(areaPx(mask));
      }),
      { numRuns: 400 },
    );
  });

  it('has a hole where a ring lies in a ring, and none by winding when both run the same way', () => {
    const rings = [[1, 1, 7, 1, 7, 6, 1, 6], [3, 3, 5, 3, 5, 5, 3, 5]];
    expect(fillPolygon(rings, 8, 7)).toEqual(draw('........', '.######.', '.######.', '.##..##.', '.##..##.', '.######.', '........'));
    expect(areaPx(fillPolygon(rings, 8, 7, 'nonZero'))).toBe(30);
  });

  it('shares no pixel with a neighbour and leaves none between, though centres lie on the common side', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate(20), coordinate(16)), { minLength: 1, maxLength: 6 }), (border) => {
        // A zigzag from the top to the bottom parts the image; its heights rise, so that it does not cross itself.
        const heights = [...new Set([-8, ...border.map(([, y]) => y), 24])].sort((a, b) => a - b);
        const zigzag = heights.map((y, index) => [border[index % border.length]?.[0] ?? 0, y] as const);
        const left = fillPolygon([[-9, -8, ...zigzag.flat(), -9, 24]], 20, 16);
        const right = fillPolygon([[29, -8, ...zigzag.flat(), 29, 24]], 20, 16);
        for (let at = 0; at < left.data.length; at++) expect((left.data[at] as number) + (right.data[at] as number)).toBe(255);
      }),
    );
  });

  it('is nothing without rings, with a line, or beside the image', () => {
    for (const rings of [[], [[]], [[3, 3, 9, 9]], [[-9, 1, -2, 1, -2, 9]], [[2, -9, 9, -9, 5, -2]]]) expect(areaPx(fillPolygon(rings, 10, 10))).toBe(0);
    expect(() => fillPolygon([[1, 1, Number.NaN, 4, 5, 6]], 10, 10)).toThrow(RangeError);
  });

  it('takes many crossings in one row', () => {
    const comb = Array.from({ length: 400 }, (_, tooth) => [2 * tooth, 0, 2 * tooth, 3, 2 * tooth + 1, 3, 2 * tooth + 1, 0]).flat();
    expect(areaPx(fillPolygon([comb], 900, 3))).toBe(1200);
  });
});

describe('the rings of a mask', () => {
  it('give the mask again, exactly, by either rule', () => {
    fc.assert(
      fc.property(bitmaps, connectivities, rules, (bitmap, connectivity, rule) => {
        expect(sameBitmap(fillPolygon(ringsOfMask(bitmap, connectivity), bitmap.widthPx, bitmap.heightPx, rule), bitmap)).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('are one outer ring a piece and one ring a hole; outer ones run counter-clockwise on the screen', () => {
    fc.assert(
      fc.property(bitmaps, connectivities, (bitmap, connectivity) => {
        const areas = ringsOfMask(bitmap, connectivity).map(signedAreaPx);
        expect(areas.filter((area) => area < 0)).toHaveLength(findComponents(bitmap, connectivity).components.length);
        expect(areas.filter((area) => area > 0)).toHaveLength(findHoles(bitmap, connectivity).length);
        expect(areas.reduce((sum, area) => sum - area, 0)).toBe(areaPx(bitmap));
      }),
    );
  });

  it('turn at every corner and have the outline\'s length', () => {
    fc.assert(
      fc.property(bitmaps, connectivities, (bitmap, connectivity) => {
        let length = 0;
        for (const ring of ringsOfMask(bitmap, connectivity)) {
          for (let at = 0; at < ring.length; at += 2) {
            const next = (at + 2) % ring.length;
            const after = (at + 4) % ring.length;
            const [dx, dy] = [(ring[next] as number) - (ring[at] as number), (ring[next + 1] as number) - (ring[at + 1] as number)];
            expect((dx === 0) !== (dy === 0)).toBe(true);
            expect((ring[after] as number) - (ring[next] as number) === 0).toBe(dx !== 0);
            length += Math.abs(dx) + Math.abs(dy);
          }
        }
        const segments = outlineSegments(bitmap);
        let expected = 0;
        for (let at = 0; at < segments.length; at += 4) expected += (segments[at + 2] as number) - (segments[at] as number) + (segments[at + 3] as number) - (segments[at + 1] as number);
        expect(length).toBe(expected);
      }),
    );
  });

  it('join at corners only when eight neighbours count', () => {
    const diagonal = draw('#.', '.#');
    expect(ringsOfMask(diagonal, 8).map((ring) => [...ring])).toEqual([[0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 0]]);
    expect(ringsOfMask(diagonal, 4)).toHaveLength(2);
  });
});

describe('the outer ring at a place', () => {
  it('is the piece there with its holes filled', () => {
    fc.assert(
      fc.property(bitmaps, connectivities, (bitmap, connectivity) => {
        const { labels, components } = findComponents(bitmap, connectivity);
        const filled = components.map(({ label }) => fillHoles({ ...bitmap, data: Uint8Array.from(labels, (value) => (value === label ? 255 : 0)) }, Infinity, connectivity));
        for (let y = 0; y < bitmap.heightPx; y++) {
          for (let x = 0; x < bitmap.widthPx; x++) {
            const ring = outerRingAt(insideAt(bitmap), x, y, connectivity);
            const label = labels[y * bitmap.widthPx + x] as number;
            if (ring === null) expect(label).toBe(0);
            else expect(sameBitmap(fillPolygon([ring], bitmap.widthPx, bitmap.heightPx, 'nonZero'), filled[label - 1] as Bitmap)).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

const distanceToRing = (x: number, y: number, ring: Ring): number => {
  let least = Infinity;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    const [ax = 0, ay = 0, bx = 0, by = 0] = [ring[at], ring[at + 1], ring[next], ring[next + 1]];
    const squared = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared));
    least = Math.min(least, Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)));
  }
  return least;
};

describe('a ring with even spacing', () => {
  it('is the same region, with its own points and no long sides', () => {
    fc.assert(
      fc.property(ringsOf(12), fc.double({ min: 0.3, max: 9, noNaN: true }), (ring, spacingPx) => {
        const even = resampleRing(ring, spacingPx);
        expect(signedAreaPx(even)).toBeCloseTo(signedAreaPx(ring), 6);
        for (let at = 0; at < even.length; at += 2) {
          const next = (at + 2) % even.length;
          expect(Math.hypot((even[next] as number) - (even[at] as number), (even[next + 1] as number) - (even[at + 1] as number))).toBeLessThanOrEqual(spacingPx + 1e-9);
        }
        const places = new Set(Array.from({ length: pointCount(even) }, (_, at) => `${even[2 * at]},${even[2 * at + 1]}`));
        for (let at = 0; at < ring.length; at += 2) expect(places.has(`${ring[at]},${ring[at + 1]}`)).toBe(true);
      }),
    );
  });

  it('smoothed keeps its middle and loses its jitter', () => {
    fc.assert(
      fc.property(ringsOf(12), fc.integer({ min: 1, max: 12 }), (ring, passes) => {
        const smooth = smoothRing(ring, passes);
        for (const axis of [0, 1]) {
          const mean = (of: Ring): number => Array.from({ length: pointCount(of) }, (_, at) => of[2 * at + axis] as number).reduce((sum, value) => sum + value, 0) / pointCount(of);
          expect(mean(smooth)).toBeCloseTo(mean(ring), 6);
        }
        const length = (of: Ring): number => Array.from({ length: pointCount(of) }, (_, at) => Math.hypot((of[(2 * at + 2) % of.length] as number) - (of[2 * at] as number), (of[(2 * at + 3) % of.length] as number) - (of[2 * at + 1] as number))).reduce((sum, value) => sum + value, 0);
        expect(length(smooth)).toBeLessThanOrEqual(length(ring) + 1e-9);
      }),
    );
  });
});

describe('a simplified ring', () => {
  it('has points of the old one, none of which is farther away than the tolerance, and never vanishes', () => {
    fc.assert(
      fc.property(bitmaps, fc.double({ min: 0, max: 12, noNaN: true }), (bitmap, tolerancePx) => {
        for (const ring of ringsOfMask(bitmap)) {
          const simple = simplifyRing(ring, tolerancePx);
          const places = new Set(Array.from({ length: pointCount(ring) }, (_, at) => `${ring[2 * at]},${ring[2 * at + 1]}`));
          expect(pointCount(simple)).toBeLessThanOrEqual(pointCount(ring));
          expect(pointCount(simple)).toBeGreaterThanOrEqual(3);
          expect(signedAreaPx(simple) * signedAreaPx(ring)).toBeGreaterThan(0);
          for (let at = 0; at < simple.length; at += 2) expect(places.has(`${simple[at]},${simple[at + 1]}`)).toBe(true);
          for (let at = 0; at < ring.length; at += 2) expect(distanceToRing(ring[at] as number, ring[at + 1] as number, simple)).toBeLessThanOrEqual(tolerancePx + 1e-9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('of an open line keeps its ends and its way', () => {
    fc.assert(
      fc.property(ringsOf(30), fc.double({ min: 0, max: 6, noNaN: true }), (line, tolerancePx) => {
        const simple = simplifyLine(line, tolerancePx);
        expect([...simple.subarray(0, 2), ...simple.subarray(-2)]).toEqual([...line.slice(0, 2), ...line.slice(-2)]);
        // There and back: as a ring it has no side that the line has not.
        const back = Array.from({ length: pointCount(simple) }, (_, at) => [simple[2 * (pointCount(simple) - 1 - at)] as number, simple[2 * (pointCount(simple) - 1 - at) + 1] as number]).flat();
        for (let at = 0; at < line.length; at += 2) expect(distanceToRing(line[at] as number, line[at + 1] as number, [...simple, ...back])).toBeLessThanOrEqual(tolerancePx + 1e-9);
      }),
    );
  });

  it('without a tolerance is the same region; points on straight sides go', () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const rings = ringsOfMask(bitmap).map((ring) => simplifyRing(ring, 0));
        expect(sameBitmap(fillPolygon(rings, bitmap.widthPx, bitmap.heightPx), bitmap)).toBe(true);
      }),
    );
    expect([...simplifyRing([0, 0, 4, 0, 8, 0, 8, 8, 0, 8, 0, 3], 0)]).toEqual([8, 8, 0, 8, 0, 0, 8, 0]);
  });

  it('of a disc has few points', () => {
    const disc = emptyBitmap(200, 200);
    for (let y = 0; y < 200; y++) for (let x = 0; x < 200; x++) if (Math.hypot(x - 100, y - 100) < 80) disc.data[y * 200 + x] = 255;
    const [ring] = ringsOfMask(disc);
    const simple = simplifyRing(ring as Int32Array, 1);
    expect(pointCount(simple)).toBeLessThan(40);
    expect(areaPx(fillPolygon([simple], 200, 200)) / areaPx(disc)).toBeCloseTo(1, 1);
  });
});
