import type { MarkPoint } from '../tools/marks.ts';

/** A press this near to a vertex means it; viewPx. */
export const grabRadiusViewPx = 9;

export const distancePx = (a: MarkPoint, b: MarkPoint): number => Math.hypot(a.xImagePx - b.xImagePx, a.yImagePx - b.yImagePx);

/** Whether nothing of what the points enclose can be on the picture. */
export const isBeside = (points: readonly MarkPoint[], { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): boolean => {
  const [xs, ys] = [points.map(({ xImagePx }) => xImagePx), points.map(({ yImagePx }) => yImagePx)];
  return Math.max(...xs) <= 0 || Math.max(...ys) <= 0 || Math.min(...xs) >= widthPx || Math.min(...ys) >= heightPx;
};

/** The nearest of the points that is not farther than the reach; -1 when there is none. */
export const nearestPoint = (points: readonly MarkPoint[], place: MarkPoint, reachPx: number): number => {
  let nearest = -1;
  let least = reachPx;
  for (const [index, point] of points.entries()) {
    const distance = distancePx(point, place);
    if (distance > least) continue;
    [nearest, least] = [index, distance];
  }
  return nearest;
};

export interface NearestSide {
  /** Its first point; the next one of the ring is its other end. */
  readonly index: number;
  readonly distancePx: number;
}

/** The nearest side of a ring; null when there is none. */
export const nearestSide = (ring: readonly MarkPoint[], place: MarkPoint): NearestSide | null => {
  let nearest: NearestSide | null = null;
  for (const [index, from] of ring.entries()) {
    const to = ring[(index + 1) % ring.length] as MarkPoint;
    const [dx, dy] = [to.xImagePx - from.xImagePx, to.yImagePx - from.yImagePx];
    const squared = dx * dx + dy * dy;
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((place.xImagePx - from.xImagePx) * dx + (place.yImagePx - from.yImagePx) * dy) / squared));
    const distance = Math.hypot(place.xImagePx - from.xImagePx - along * dx, place.yImagePx - from.yImagePx - along * dy);
    if (nearest === null || distance < nearest.distancePx) nearest = { index, distancePx: distance };
  }
  return nearest;
};

export const middleOf = (a: MarkPoint, b: MarkPoint): MarkPoint => ({ xImagePx: (a.xImagePx + b.xImagePx) / 2, yImagePx: (a.yImagePx + b.yImagePx) / 2 });

/** The place on the nearest of the eight directions from a point, as far along it as the wanted place is. */
export const inEighths = (from: MarkPoint, wanted: MarkPoint): MarkPoint => {
  const [dx, dy] = [wanted.xImagePx - from.xImagePx, wanted.yImagePx - from.yImagePx];
  const angle = (Math.round(Math.atan2(dy, dx) / (Math.PI / 4)) * Math.PI) / 4;
  const along = dx * Math.cos(angle) + dy * Math.sin(angle);
  return { xImagePx: from.xImagePx + along * Math.cos(angle), yImagePx: from.yImagePx + along * Math.sin(angle) };
};

/** Points as shared/mask/ring.ts has them. */
export const ringOf = (points: readonly MarkPoint[]): Float64Array => {
  const ring = new Float64Array(2 * points.length);
  for (const [index, { xImagePx, yImagePx }] of points.entries()) {
    ring[2 * index] = xImagePx;
    ring[2 * index + 1] = yImagePx;
  }
  return ring;
};

export const pointsOf = (ring: ArrayLike<number>): readonly MarkPoint[] =>
  Array.from({ length: ring.length >>> 1 }, (_, index) => ({ xImagePx: ring[2 * index] as number, yImagePx: ring[2 * index + 1] as number }));
