import type { Ring } from '../../../shared/mask/ring.ts';
import { joinRings, type Slit } from './joinRings.ts';
import type { Polygon } from './polygon.ts';

/** The point that is farthest left, of those the uppermost. */
const leftmostPoint = (ring: Ring): number => {
  let found = 0;
  for (let point = 1; 2 * point < ring.length; point++) {
    const [x, y] = [ring[2 * point] as number, ring[2 * point + 1] as number];
    const [bestX, bestY] = [ring[2 * found] as number, ring[2 * found + 1] as number];
    if (x < bestX || (x === bestX && y < bestY)) found = point;
  }
  return found;
};

interface Side {
  readonly ring: number;
  readonly point: number;
}

/** Sides by the rows of pixels that they reach into, so that a look to the left sees those of one row alone. */
const sidesByRow = (rings: readonly Ring[]): ReadonlyMap<number, readonly Side[]> => {
  const rows = new Map<number, Side[]>();
  for (const [index, ring] of rings.entries()) {
    for (let point = 0; 2 * point < ring.length; point++) {
      const [ay, by] = [ring[2 * point + 1] as number, ring[(2 * point + 3) % ring.length] as number];
      for (let row = Math.floor(Math.min(ay, by)); row <= Math.floor(Math.max(ay, by)); row++) {
        const sides = rows.get(row);
        if (sides === undefined) rows.set(row, [{ ring: index, point }]);
        else sides.push({ ring: index, point });
      }
    }
  }
  return rows;
};

/** Where a side comes nearest to a place from the left, at its height; null where it does not. */
const crossingLeftOf = (ring: Ring, point: number, xImagePx: number, yImagePx: number): number | null => {
  const next = (point + 1) % (ring.length / 2);
  const [ax, ay, bx, by] = [ring[2 * point] as number, ring[2 * point + 1] as number, ring[2 * next] as number, ring[2 * next + 1] as number];
  if (Math.min(ay, by) > yImagePx || Math.max(ay, by) < yImagePx) return null;
  if (ay === by) return Math.min(ax, bx) > xImagePx ? null : Math.min(xImagePx, Math.max(ax, bx));
  const x = ax + ((yImagePx - ay) / (by - ay)) * (bx - ax);
  return x > xImagePx ? null : x;
};

/** An end of a side that leans, or the place on a side that is upright or level: so nothing is rounded, and the slit changes nothing. */
const leavingFrom = (ring: Ring, { ring: from, point }: Side, crossingX: number, yImagePx: number): Pick<Slit, 'from' | 'afterPoint' | 'xImagePx' | 'yImagePx'> => {
  const next = (point + 1) % (ring.length / 2);
  const [ax, ay, bx, by] = [ring[2 * point] as number, ring[2 * point + 1] as number, ring[2 * next] as number, ring[2 * next + 1] as number];
  if (ax === bx || ay === by) return { from, afterPoint: point, xImagePx: crossingX, yImagePx };
  const isFirstNearer = Math.hypot(crossingX - ax, yImagePx - ay) <= Math.hypot(crossingX - bx, yImagePx - by);
  return isFirstNearer ? { from, afterPoint: point, xImagePx: ax, yImagePx: ay } : { from, afterPoint: next, xImagePx: bx, yImagePx: by };
};

/**
 * A polygon as one ring, for formats that know no holes: each hole is joined to what is left of it, the outer ring or another hole, by a slit of no width from its
 * leftmost point. The slit lies inside of the polygon (of a simplified one nearly always), so that tools which draw outlines as pixels add none.
 */
export const bridgeHoles = ({ outer, holes }: Polygon): Ring => {
  if (holes.length === 0) return outer;
  const hung = holes.map((ring) => {
    const point = leftmostPoint(ring);
    return { ring, point, x: ring[2 * point] as number, y: ring[2 * point + 1] as number };
  });
  // Each hangs on one that comes before it, so that none hang on each other in a circle.
  hung.sort((a, b) => a.x - b.x || a.y - b.y);
  const rings = [outer, ...hung.map(({ ring }) => ring)];
  const rows = sidesByRow(rings);
  const slits = hung.map(({ point, x, y }, index): Slit => {
    let nearest: Side = { ring: 0, point: 0 };
    let nearestX = -Infinity;
    for (const side of rows.get(Math.floor(y)) ?? []) {
      if (side.ring > index) continue;
      const crossing = crossingLeftOf(rings[side.ring] as Ring, side.point, x, y);
      if (crossing === null || crossing <= nearestX) continue;
      nearest = side;
      nearestX = crossing;
    }
    // Simplification may have put it at the very edge of its outer ring: any way to that ring will do.
    if (nearestX === -Infinity) return { from: 0, afterPoint: 0, xImagePx: outer[0] as number, yImagePx: outer[1] as number, to: index + 1, toPoint: point };
    return { ...leavingFrom(rings[nearest.ring] as Ring, nearest, nearestX, y), to: index + 1, toPoint: point };
  });
  return joinRings(rings, slits);
};
