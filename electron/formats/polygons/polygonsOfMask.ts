import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { fillPolygon } from '../../../shared/mask/fillPolygon.ts';
import { ringsOfMask } from '../../../shared/mask/ringsOfMask.ts';
import { simplifyRing } from '../../../shared/mask/simplifyRing.ts';
import { countOverlap } from '../../../shared/metrics/overlap.ts';
import { bridgeHoles } from './bridgeHoles.ts';
import { ringsOf, type Polygon } from './polygon.ts';
import { simpleLoops } from './simpleLoops.ts';
import { nestRings, uncrossRings } from './uniteRings.ts';

/** keep: the format knows holes · bridge: each is joined to its outer ring by a slit without width (bridgeHoles.ts) · fill: they are lost. */
export type HoleChoice = 'keep' | 'bridge' | 'fill';

export interface PolygonChoice {
  /** How far a corner may be from the simplified outline; 0: the outline is exact. */
  readonly tolerancePx: number;
  readonly holes: HoleChoice;
}

export interface MaskPolygons {
  /** Top to bottom by their uppermost corners, then left to right; none for an empty mask. Without holes unless these are kept. */
  readonly polygons: readonly Polygon[];
  /** What filling them does not give back, a sentence each; empty: filled by pixel centres, even-odd or non-zero, they are the mask exactly. */
  readonly losses: readonly string[];
}

const counted = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

const firstCorner = ({ outer }: Polygon): readonly [yImagePx: number, xImagePx: number] => {
  let [y, x] = [Infinity, Infinity];
  for (let at = 0; at < outer.length; at += 2) {
    const [cornerX, cornerY] = [outer[at] as number, outer[at + 1] as number];
    if (cornerY < y || (cornerY === y && cornerX < x)) [y, x] = [cornerY, cornerX];
  }
  return [y, x];
};

const inOrder = (polygons: readonly Polygon[]): Polygon[] =>
  polygons
    .map((polygon) => ({ polygon, corner: firstCorner(polygon) }))
    .sort((a, b) => a.corner[0] - b.corner[0] || a.corner[1] - b.corner[1])
    .map(({ polygon }) => polygon);

/** Islands in holes are covered once the holes are filled: only what no other polygon holds is left. */
const filledHoles = (polygons: readonly Polygon[]): { readonly polygons: readonly Polygon[]; readonly losses: readonly string[] } => {
  const holes = polygons.reduce((sum, polygon) => sum + polygon.holes.length, 0);
  if (holes === 0) return { polygons, losses: [] };
  const outermost = nestRings(uncrossRings(polygons.map(({ outer }) => outer)));
  return { polygons: inOrder(outermost), losses: [`${counted(holes, 'hole is', 'holes are')} filled.`] };
};

/**
 * The region of a mask as polygons with holes, one for each piece whose pixels touch along edges: pieces that meet at a corner alone are apart, since most tools
 * refuse a ring that touches itself.
 */
export const polygonsOfMask = (mask: Bitmap, { tolerancePx, holes }: PolygonChoice): MaskPolygons => {
  const exact = ringsOfMask(mask, 4).flatMap(simpleLoops);
  const rings = tolerancePx === 0 ? exact : uncrossRings(exact.map((ring) => simplifyRing(ring, tolerancePx)));
  const nested = inOrder(nestRings(rings));
  const losses: string[] = [];
  if (tolerancePx > 0) {
    const { firstPx, secondPx, bothPx } = countOverlap(mask, fillPolygon(ringsOf(nested), mask.widthPx, mask.heightPx));
    const differing = firstPx + secondPx - 2 * bothPx;
    if (differing > 0) losses.push(`The outline is simplified: ${counted(differing, 'pixel differs', 'pixels differ')}.`);
  }
  if (holes === 'keep') return { polygons: nested, losses };
  if (holes === 'bridge') return { polygons: nested.map((polygon) => ({ outer: bridgeHoles(polygon), holes: [] })), losses };
  const filled = filledHoles(nested);
  return { polygons: filled.polygons, losses: [...losses, ...filled.losses] };
};
