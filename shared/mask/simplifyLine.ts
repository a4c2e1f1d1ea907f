import { pointCount, type Ring } from './ring.ts';

/** Squared distance from a point to the stretch between two others. */
const squaredDistanceToSide = (px: number, py: number, ax: number, ay: number, bx: number, by: number): number => {
  const dx = bx - ax;
  const dy = by - ay;
  const squaredLength = dx * dx + dy * dy;
  const along = squaredLength === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / squaredLength));
  return (px - ax - along * dx) ** 2 + (py - ay - along * dy) ** 2;
};

/**
 * Marks the points between two places of a line that Douglas and Peucker (1973) keep. Places past the last point go on with the first, as in a ring. A stack
 * instead of recursion: outlines have many thousand points.
 */
export const markKept = (line: Ring, keep: Uint8Array, first: number, last: number, squaredTolerance: number): void => {
  const count = pointCount(line);
  const stack = [first, last];
  while (stack.length > 0) {
    const end = stack.pop() as number;
    const start = stack.pop() as number;
    const [a, b] = [(start % count) * 2, (end % count) * 2];
    let farthest = -1;
    let most = squaredTolerance;
    for (let place = start + 1; place < end; place++) {
      const at = (place % count) * 2;
      const distance = squaredDistanceToSide(line[at] as number, line[at + 1] as number, line[a] as number, line[a + 1] as number, line[b] as number, line[b + 1] as number);
      if (distance <= most) continue;
      most = distance;
      farthest = place;
    }
    if (farthest === -1) continue;
    keep[farthest % count] = 1;
    stack.push(start, farthest, farthest, end);
  }
};

/**
 * An open line (x, y, x, y, ...) of fewer points, all of them its own, its ends among them, with no point of the old one farther than the tolerance from the
 * new one.
 */
export const simplifyLine = (line: Ring, tolerancePx: number): Float64Array => {
  const count = pointCount(line);
  if (count < 3) return Float64Array.from(line);
  const keep = new Uint8Array(count);
  keep[0] = 1;
  keep[count - 1] = 1;
  markKept(line, keep, 0, count - 1, tolerancePx * tolerancePx);
  const points: number[] = [];
  for (let at = 0; at < count; at++) if (keep[at] === 1) points.push(line[2 * at] as number, line[2 * at + 1] as number);
  return Float64Array.from(points);
};
