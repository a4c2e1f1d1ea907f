import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { findComponents } from '../../../shared/mask/components.ts';
import { grow, open } from '../../../shared/mask/morphology.ts';

/** Thinner than twice this share of the longer side, what is left beside a person is a seam of sleeve or skin: 4 px of 1280 to each side. */
const thinShare = 0.003;
/** A piece that touches the person and is smaller than this share of all that is left is no product: a watch, a ring, a scrap of sleeve. */
const scrapShare = 0.03;

/**
 * What is left of the foreground beside a person and is none of the product: seams along the person's edge, and scraps that hang on it. Further away
 * nothing is touched, so that thin parts of a product (cables, handles) stay.
 */
export const sliversBeside = (people: Bitmap, foreground: Bitmap): Bitmap => {
  const { widthPx, heightPx } = people;
  const thinPx = Math.max(1, thinShare * Math.max(widthPx, heightPx));
  const left: Bitmap = { widthPx, heightPx, data: foreground.data.map((value, at) => value & ~(people.data[at] as number)) };
  const near = grow(people, 3 * thinPx);
  const thick = open(left, thinPx);
  const slivers: Bitmap = { widthPx, heightPx, data: left.data.map((value, at) => value & ~(thick.data[at] as number) & (near.data[at] as number)) };
  const solid: Bitmap = { widthPx, heightPx, data: left.data.map((value, at) => value & ~(slivers.data[at] as number)) };
  const { components, labels } = findComponents(solid, 8);
  const touching = new Set<number>();
  for (let at = 0; at < labels.length; at++) if (labels[at] !== 0 && near.data[at] !== 0) touching.add(labels[at] as number);
  const whole = components.reduce((sum, { areaPx }) => sum + areaPx, 0);
  const scraps = new Set(components.filter(({ label, areaPx }) => touching.has(label) && areaPx < scrapShare * whole).map(({ label }) => label));
  for (let at = 0; at < labels.length; at++) if (scraps.has(labels[at] as number)) slivers.data[at] = 255;
  return slivers;
};
