import { pointCount, signedAreaPx, type Ring } from './ring.ts';
import { keptPoints, markKept } from './simplifyLine.ts';

/** The point farthest from another one. */
const farthestFrom = (line: Float64Array, from: number): number => {
  let farthest = from;
  let most = -1;
  for (let point = 0; point < pointCount(line); point++) {
    const dx = (line[2 * point] as number) - (line[2 * from] as number);
    const dy = (line[2 * point + 1] as number) - (line[2 * from + 1] as number);
    if (dx * dx + dy * dy <= most) continue;
    most = dx * dx + dy * dy;
    farthest = point;
  }
  return farthest;
};

/** The ring as an open line that ends where it begins: at the point farthest from its first, which surely is a corner. */
const openedAtCorner = (ring: Ring): Float64Array => {
  const points = Float64Array.from(ring);
  const corner = farthestFrom(points, 0);
  const line = new Float64Array(points.length + 2);
  line.set(points.subarray(2 * corner));
  line.set(points.subarray(0, 2 * corner + 2), points.length - 2 * corner);
  return line;
};

/** @param line {@link openedAtCorner} */
const simplifiedOnce = (line: Float64Array, tolerancePx: number): Float64Array => {
  const last = pointCount(line) - 1;
  const keep = new Uint8Array(last + 1);
  const opposite = farthestFrom(line, 0);
  keep[0] = 1;
  keep[opposite] = 1;
  markKept(line, keep, 0, opposite, tolerancePx * tolerancePx);
  markKept(line, keep, opposite, last, tolerancePx * tolerancePx);
  return keptPoints(line, keep);
};

/**
 * A ring of fewer points, all of them its own, with no point of the old one farther than the tolerance from the new one (Douglas and Peucker 1973).
 * A ring with an area never vanishes: where the tolerance would leave a line of it, a smaller one is taken, down to none.
 * @param tolerancePx 0 drops nothing but points on straight sides
 */
export const simplifyRing = (ring: Ring, tolerancePx: number): Float64Array => {
  if (pointCount(ring) <= 3 || signedAreaPx(ring) === 0) return Float64Array.from(ring);
  const line = openedAtCorner(ring);
  for (let tolerance = tolerancePx; tolerance > 1 / 64; tolerance /= 2) {
    const simplified = simplifiedOnce(line, tolerance);
    if (pointCount(simplified) >= 3 && signedAreaPx(simplified) * signedAreaPx(ring) > 0) return simplified;
  }
  const straight = simplifiedOnce(line, 0);
  return pointCount(straight) >= 3 ? straight : Float64Array.from(ring);
};
