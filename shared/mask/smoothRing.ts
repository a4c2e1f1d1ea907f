import { pointCount, type Ring } from './ring.ts';

/**
 * A ring without the jitter of a hand: each point moves to the weighted mean (1, 2, 1) of itself and its neighbours, again and again. Its middle stays
 * where it is.
 * @param passes 0 leaves the ring as it is
 */
export const smoothRing = (ring: Ring, passes: number): Float64Array => {
  let from = Float64Array.from(ring);
  const count = pointCount(ring);
  if (count < 4) return from;
  for (let pass = 0; pass < passes; pass++) {
    const to = new Float64Array(from.length);
    for (let point = 0; point < count; point++) {
      const before = ((point + count - 1) % count) * 2;
      const after = ((point + 1) % count) * 2;
      for (let axis = 0; axis < 2; axis++) to[2 * point + axis] = ((from[before + axis] as number) + 2 * (from[2 * point + axis] as number) + (from[after + axis] as number)) / 4;
    }
    from = to;
  }
  return from;
};
