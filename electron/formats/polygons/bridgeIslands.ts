import type { Ring } from '../../../shared/mask/ring.ts';
import { joinRings, type Slit } from './joinRings.ts';

/** Rings come top to bottom, so that near ones come soon before; among all of them, noise of 60,000 pieces would take minutes. */
const looksBack = 256;

const middleOf = (ring: Ring): readonly [number, number] => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < ring.length; at += 2) {
    left = Math.min(left, ring[at] as number);
    right = Math.max(right, ring[at] as number);
    top = Math.min(top, ring[at + 1] as number);
    bottom = Math.max(bottom, ring[at + 1] as number);
  }
  return [(left + right) / 2, (top + bottom) / 2];
};

const nearestPoint = (ring: Ring, xImagePx: number, yImagePx: number): number => {
  let found = 0;
  let least = Infinity;
  for (let point = 0; 2 * point < ring.length; point++) {
    const squared = ((ring[2 * point] as number) - xImagePx) ** 2 + ((ring[2 * point + 1] as number) - yImagePx) ** 2;
    if (squared >= least) continue;
    least = squared;
    found = point;
  }
  return found;
};

/**
 * Several rings as one, for formats that take one ring an object: each is joined by a slit of no width to one before it whose middle is near. Filled by pixel
 * centres nothing changes; tools that draw outlines as pixels show a thin line between the pieces.
 * @param rings at least one
 */
export const bridgeIslands = (rings: readonly Ring[]): Ring => {
  if (rings.length === 1) return rings[0] as Ring;
  const middles = rings.map(middleOf);
  const slits = rings.slice(1).map((ring, index): Slit => {
    const to = index + 1;
    const [x, y] = middles[to] as readonly [number, number];
    let from = Math.max(0, to - looksBack);
    for (let other = from + 1; other < to; other++) {
      const [otherX, otherY] = middles[other] as readonly [number, number];
      const [bestX, bestY] = middles[from] as readonly [number, number];
      if ((otherX - x) ** 2 + (otherY - y) ** 2 < (bestX - x) ** 2 + (bestY - y) ** 2) from = other;
    }
    const near = rings[from] as Ring;
    // From each to the other and back: near the shortest way without comparing all points with all.
    const first = nearestPoint(near, x, y);
    const toPoint = nearestPoint(ring, near[2 * first] as number, near[2 * first + 1] as number);
    const afterPoint = nearestPoint(near, ring[2 * toPoint] as number, ring[2 * toPoint + 1] as number);
    return { from, afterPoint, xImagePx: near[2 * afterPoint] as number, yImagePx: near[2 * afterPoint + 1] as number, to, toPoint };
  });
  return joinRings(rings, slits);
};
