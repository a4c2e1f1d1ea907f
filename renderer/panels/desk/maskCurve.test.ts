import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Asset } from '../../../shared/domain/asset.ts';
import { maskCurve, nearestPoint } from './maskCurve.ts';

const box = { widthPx: 120, heightPx: 40, marginPx: 4 };
const row = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }), { maxLength: 60 }).map((shares) =>
  shares.map((headAreaShare, index) => ({ headAreaShare, timestampS: index * 1.5 }) as Asset),
);

it('has a point for each keyframe with a mask, inside its box, in the order of the video, larger masks higher', () => {
  fc.assert(
    fc.property(row, (siblings) => {
      const points = maskCurve(siblings, box);
      expect(points.map(({ index }) => index)).toEqual(siblings.flatMap(({ headAreaShare }, index) => (headAreaShare === null ? [] : [index])));
      for (const [at, point] of points.entries()) {
        expect(point.x).toBeGreaterThanOrEqual(4 - 1e-9);
        expect(point.x).toBeLessThanOrEqual(116 + 1e-9);
        expect(point.y).toBeGreaterThanOrEqual(4 - 1e-9);
        expect(point.y).toBeLessThanOrEqual(36 + 1e-9);
        const before = points[at - 1];
        if (before !== undefined) {
          expect(point.x).toBeGreaterThan(before.x);
          if (point.share > before.share + 1e-9) expect(point.y).toBeLessThan(before.y);
        }
        expect(nearestPoint(points, point.x)?.index).toBe(point.index);
      }
    }),
  );
});
