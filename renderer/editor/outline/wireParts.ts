import type { MarkPoint } from '../tools/marks.ts';
import { pointsOf, ringOf } from './places.ts';

/**
 * A closed outline cut into the open lines that followed edges. Sides that were drawn straight lie between them.
 * @param isStraight whether the side that ends at a point was drawn straight; of the first point: the side that closes the ring
 */
export const wireParts = (points: readonly MarkPoint[], isStraight: (end: MarkPoint) => boolean): readonly Float64Array[] => {
  const [first] = points;
  if (first === undefined) return [];
  const parts: MarkPoint[][] = [[first]];
  for (const point of [...points.slice(1), first]) {
    if (isStraight(point)) parts.push([point]);
    else parts.at(-1)?.push(point);
  }
  return parts.map(ringOf);
};

/** The ring that parts make: its last point is its first again. */
export const ringOfParts = (parts: readonly Float64Array[]): readonly MarkPoint[] => parts.flatMap(pointsOf).slice(0, -1);
