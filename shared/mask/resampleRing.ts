import { pointCount, type Ring } from './ring.ts';

/** A ring with more points on its sides, none of which is then longer than the spacing; its own points stay. Hands that are fast leave them far apart. */
export const resampleRing = (ring: Ring, spacingPx: number): Float64Array => {
  const points: number[] = [];
  const count = pointCount(ring);
  for (let point = 0; point < count; point++) {
    const next = (point + 1) % count;
    const [x, y] = [ring[2 * point] as number, ring[2 * point + 1] as number];
    const [dx, dy] = [(ring[2 * next] as number) - x, (ring[2 * next + 1] as number) - y];
    const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / spacingPx));
    for (let step = 0; step < steps; step++) points.push(x + (dx * step) / steps, y + (dy * step) / steps);
  }
  return Float64Array.from(points);
};
