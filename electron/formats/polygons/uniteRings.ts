import { Clipper64, ClipType, FillRule, PolyTree64, type Path64, type PolyPath64 } from 'clipper2-ts';
import type { Ring } from '../../../shared/mask/ring.ts';
import type { Polygon } from './polygon.ts';
import { simpleLoops } from './simpleLoops.ts';

/** Clipper knows whole numbers alone: rings on pixel corners are, and where sides of simplified ones cross, a sixteenth of a pixel is near enough. */
const unitsPerPx = 16;

const pathOf = (ring: Ring): Path64 => {
  const path: Path64 = [];
  for (let at = 0; at < ring.length; at += 2) path.push({ x: Math.round((ring[at] as number) * unitsPerPx), y: Math.round((ring[at + 1] as number) * unitsPerPx) });
  return path;
};

const ringOf = (path: Path64): Float64Array => {
  const ring = new Float64Array(2 * path.length);
  for (const [index, { x, y }] of path.entries()) {
    ring[2 * index] = x / unitsPerPx;
    ring[2 * index + 1] = y / unitsPerPx;
  }
  return ring;
};

const clipperWith = (rings: readonly Ring[]): Clipper64 => {
  const clipper = new Clipper64();
  clipper.preserveCollinear = false;
  // Ours run the other way round: outer ones counter-clockwise on the screen.
  clipper.reverseSolution = true;
  clipper.addSubject(rings.map(pathOf));
  return clipper;
};

/**
 * Rings that were simplified may cross themselves and each other: here they are parted again. A place is inside where more outer rings than holes are around it, so
 * what a hole takes beyond its outer ring does not come up outside of it.
 */
export const uncrossRings = (rings: readonly Ring[]): readonly Ring[] => {
  const paths: Path64[] = [];
  clipperWith(rings).execute(ClipType.Union, FillRule.Negative, paths);
  return paths.flatMap((path) => simpleLoops(ringOf(path)));
};

/** Which ring is a hole of which; islands in holes are polygons of their own. Even-odd, since it keeps rings apart that touch at a corner. */
export const nestRings = (rings: readonly Ring[]): readonly Polygon[] => {
  const tree = new PolyTree64();
  clipperWith(rings).execute(ClipType.Union, FillRule.EvenOdd, tree);
  const polygons: Polygon[] = [];
  const stack: PolyPath64[] = [tree];
  for (let parent = stack.pop(); parent !== undefined; parent = stack.pop()) {
    for (let index = 0; index < parent.count; index++) {
      const outer = parent.child(index);
      const holes = Array.from({ length: outer.count }, (_, hole) => outer.child(hole));
      polygons.push({ outer: ringOf(outer.poly ?? []), holes: holes.map(({ poly }) => ringOf(poly ?? [])) });
      stack.push(...holes);
    }
  }
  return polygons;
};
