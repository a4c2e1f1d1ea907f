import { pointCount, type Ring } from './ring.ts';

/**
 * Marks the points of an open line that Douglas and Peucker (1973) keep between two of them. A stack instead of recursion, and plain sums instead of calls: outlines
 * have many thousand points, each of which is looked at some twenty times.
 */
export const markKept = (line: Float64Array, keep: Uint8Array, first: number, last: number, squaredTolerance: number): void => {
  const stack = [first, last];
  while (stack.length > 0) {
    const end = stack.pop() as number;
    const start = stack.pop() as number;
    const ax = line[2 * start] as number;
    const ay = line[2 * start + 1] as number;
    const dx = (line[2 * end] as number) - ax;
    const dy = (line[2 * end + 1] as number) - ay;
    const squaredLength = dx * dx + dy * dy;
    const perLength = squaredLength === 0 ? 0 : 1 / squaredLength;
    let farthest = -1;
    let most = squaredTolerance;
    for (let point = start + 1; point < end; point++) {
      const px = (line[2 * point] as number) - ax;
      const py = (line[2 * point + 1] as number) - ay;
      let along = (px * dx + py * dy) * perLength;
      along = along < 0 ? 0 : along > 1 ? 1 : along;
      const awayX = px - along * dx;
      const awayY = py - along * dy;
      const distance = awayX * awayX + awayY * awayY;
      if (distance > most) {
        most = distance;
        farthest = point;
      }
    }
    if (farthest === -1) continue;
    keep[farthest] = 1;
    stack.push(start, farthest, farthest, end);
  }
};

/** The points of a line that are marked. */
export const keptPoints = (line: Float64Array, keep: Uint8Array): Float64Array => {
  let count = 0;
  for (let point = 0; point < keep.length; point++) count += keep[point] as number;
  const points = new Float64Array(2 * count);
  let at = 0;
  for (let point = 0; point < keep.length; point++) {
    if (keep[point] === 0) continue;
    points[at++] = line[2 * point] as number;
    points[at++] = line[2 * point + 1] as number;
  }
  return points;
};

/**
 * An open line (x, y, x, y, ...) of fewer points, all of them its own, its ends among them, with no point of the old one farther than the tolerance from the
 * new one.
 */
export const simplifyLine = (line: Ring, tolerancePx: number): Float64Array => {
  const points = Float64Array.from(line);
  const count = pointCount(line);
  if (count < 3) return points;
  const keep = new Uint8Array(count);
  keep[0] = 1;
  keep[count - 1] = 1;
  markKept(points, keep, 0, count - 1, tolerancePx * tolerancePx);
  return keptPoints(points, keep);
};
