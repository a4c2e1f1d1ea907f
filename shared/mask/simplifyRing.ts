import { pointCount, signedAreaPx, type Ring } from './ring.ts';
import { markKept } from './simplifyLine.ts';

/** The point farthest from another one. */
const farthestFrom = (ring: Ring, from: number): number => {
  let farthest = from;
  let most = -1;
  for (let at = 0; at < pointCount(ring); at++) {
    const distance = ((ring[2 * at] as number) - (ring[2 * from] as number)) ** 2 + ((ring[2 * at + 1] as number) - (ring[2 * from + 1] as number)) ** 2;
    if (distance > most) [farthest, most] = [at, distance];
  }
  return farthest;
};

const simplifiedOnce = (ring: Ring, tolerancePx: number): Float64Array => {
  const count = pointCount(ring);
  const keep = new Uint8Array(count);
  // A ring has no ends: it is cut at a point that surely is a corner, and at the one farthest from that.
  const first = farthestFrom(ring, 0);
  const second = farthestFrom(ring, first);
  keep[first] = 1;
  keep[second] = 1;
  const middle = second > first ? second : second + count;
  markKept(ring, keep, first, middle, tolerancePx * tolerancePx);
  markKept(ring, keep, middle, first + count, tolerancePx * tolerancePx);
  const points: number[] = [];
  for (let at = 0; at < count; at++) if (keep[at] === 1) points.push(ring[2 * at] as number, ring[2 * at + 1] as number);
  return Float64Array.from(points);
};

/**
 * A ring of fewer points, all of them its own, with no point of the old one farther than the tolerance from the new one (Douglas and Peucker 1973).
 * A ring with an area never vanishes: where the tolerance would leave a line of it, a smaller one is taken, down to none.
 * @param tolerancePx 0 drops nothing but points on straight sides
 */
export const simplifyRing = (ring: Ring, tolerancePx: number): Float64Array => {
  if (pointCount(ring) <= 3 || signedAreaPx(ring) === 0) return Float64Array.from(ring);
  for (let tolerance = tolerancePx; tolerance > 1 / 64; tolerance /= 2) {
    const simplified = simplifiedOnce(ring, tolerance);
    if (pointCount(simplified) >= 3 && signedAreaPx(simplified) * signedAreaPx(ring) > 0) return simplified;
  }
  const straight = simplifiedOnce(ring, 0);
  return pointCount(straight) >= 3 ? straight : Float64Array.from(ring);
};
