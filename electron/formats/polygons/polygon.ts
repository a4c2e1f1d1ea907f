import type { Ring } from '../../../shared/mask/ring.ts';

/** A region in one piece. Rings as in shared/mask: on pixel corners where nothing was simplified, the outer one counter-clockwise on the screen, holes clockwise. */
export interface Polygon {
  readonly outer: Ring;
  readonly holes: readonly Ring[];
}

export const ringsOf = (polygons: readonly Polygon[]): readonly Ring[] => polygons.flatMap(({ outer, holes }) => [outer, ...holes]);
