import type { Ring } from '../../../shared/mask/ring.ts';

/**
 * A ring that passes a point twice, as one or more that don't: together they have the same sides, so they enclose the same. Most tools call a ring that touches
 * itself invalid, and some drop what is behind the place where it does.
 */
export const simpleLoops = (ring: Ring): readonly Ring[] => {
  const loops: Ring[] = [];
  const way: number[] = [];
  const placeOf = new Map<string, number>();
  const keyAt = (points: Ring, at: number): string => `${points[at]},${points[at + 1]}`;
  for (let at = 0; at < ring.length; at += 2) {
    const key = keyAt(ring, at);
    const passed = placeOf.get(key);
    if (passed !== undefined) {
      const loop = way.splice(passed);
      for (let point = 0; point < loop.length; point += 2) placeOf.delete(keyAt(loop, point));
      loops.push(loop);
    }
    placeOf.set(key, way.length);
    way.push(ring[at] as number, ring[at + 1] as number);
  }
  // What is left of a way there and back has no area.
  return [...loops, way].filter(({ length }) => length >= 6);
};
