import type { Ring } from '../../../shared/mask/ring.ts';

/** A ring hangs on another one by a slit: a way there and back from a place on the one's side to a point of the other. */
export interface Slit {
  /** Which ring it leaves from. */
  readonly from: number;
  /** The point of that ring after which it leaves, and where: that point itself or on the side that follows it. */
  readonly afterPoint: number;
  readonly xImagePx: number;
  readonly yImagePx: number;
  /** Which ring hangs on it, and by which point. */
  readonly to: number;
  readonly toPoint: number;
}

interface Frame {
  readonly ring: Ring;
  readonly slits: readonly Slit[];
  /** Points of the ring that were written, from `start` on and round to it again. */
  written: number;
  readonly start: number;
  nextSlit: number;
  readonly leftAt: Slit | null;
}

const distance = (ring: Ring, { afterPoint, xImagePx, yImagePx }: Slit): number => Math.hypot(xImagePx - (ring[2 * afterPoint] as number), yImagePx - (ring[2 * afterPoint + 1] as number));

/**
 * All rings as one, round the first with a way out to each that hangs on it and back. Each slit is passed once in each direction, so that filling by pixel centres
 * (even-odd or non-zero) gives what the rings give without it. A stack instead of recursion: a row of holes hangs one on the other.
 * @param slits make a tree of the rings, with the first at its root
 */
export const joinRings = (rings: readonly Ring[], slits: readonly Slit[]): Float64Array => {
  const leaving = new Map<number, Slit[]>();
  for (const slit of slits) {
    const known = leaving.get(slit.from);
    if (known === undefined) leaving.set(slit.from, [slit]);
    else known.push(slit);
  }
  const points: number[] = [];
  const frameOf = (index: number, start: number, leftAt: Slit | null): Frame => {
    const ring = rings[index] as Ring;
    const count = ring.length / 2;
    const turn = (slit: Slit): number => (slit.afterPoint - start + count) % count;
    return { ring, slits: (leaving.get(index) ?? []).sort((a, b) => turn(a) - turn(b) || distance(ring, a) - distance(ring, b)), written: 0, start, nextSlit: 0, leftAt };
  };
  const stack = [frameOf(0, 0, null)];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const { ring, slits: own, start, leftAt } = frame;
    const count = ring.length / 2;
    const slit = own[frame.nextSlit];
    const lastWritten = (start + frame.written - 1) % count;
    if (frame.written > 0 && slit !== undefined && slit.afterPoint === lastWritten) {
      frame.nextSlit++;
      points.push(slit.xImagePx, slit.yImagePx);
      stack.push(frameOf(slit.to, slit.toPoint, slit));
    } else if (frame.written < count) {
      const point = (start + frame.written) % count;
      points.push(ring[2 * point] as number, ring[2 * point + 1] as number);
      frame.written++;
    } else {
      if (leftAt !== null) points.push(ring[2 * start] as number, ring[2 * start + 1] as number, leftAt.xImagePx, leftAt.yImagePx);
      stack.pop();
    }
  }
  return withoutRepeats(points);
};

/** A slit that leaves from a point itself would name it twice in a row. */
const withoutRepeats = (points: readonly number[]): Float64Array => {
  const kept: number[] = [];
  for (let at = 0; at < points.length; at += 2) {
    if (at > 0 && points[at] === kept.at(-2) && points[at + 1] === kept.at(-1)) continue;
    kept.push(points[at] as number, points[at + 1] as number);
  }
  return Float64Array.from(kept);
};
