import { areaPx as areaPxOf, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { findComponents } from '../../../shared/mask/components.ts';
import { grow, open } from '../../../shared/mask/morphology.ts';

/** Thinner than twice this share of the longer side, what is left beside a person is a seam of sleeve or skin: 4 px of 1280 to each side. */
const thinShare = 0.003;
/** A piece that touches the person and is smaller than this share of all that is left is no product: a watch, a ring, a scrap of sleeve. */
const scrapShare = 0.03;

/**
 * Sleeves, and tattooed arms behind a watch, that the model takes for no person: a piece smaller than this share of all that is left and than the person, of whose outline
 * at least so much lies at the person, and at least so much where the picture ends. On photos of hands, what they hold had nothing there, or was larger than a third.
 */
const limbShare = 0.35;
const leastBeside = 0.12;
const leastCutOff = 0.1;

interface Sides {
  all: number;
  beside: number;
  cutOff: number;
}

/** By label: how many sides of pixels a piece turns outwards, and how many of those to `gone` and to the end of the picture. */
const sidesOf = (labels: ArrayLike<number>, { widthPx, heightPx, data }: Bitmap, count: number): readonly Sides[] => {
  const sides = Array.from({ length: count + 1 }, (): Sides => ({ all: 0, beside: 0, cutOff: 0 }));
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, at++) {
      const label = labels[at] as number;
      if (label === 0) continue;
      const own = sides[label] as Sides;
      const turn = (isInside: boolean, neighbour: number): void => {
        if (isInside && labels[neighbour] === label) return;
        own.all++;
        if (!isInside) own.cutOff++;
        else if (data[neighbour] !== 0) own.beside++;
      };
      turn(x > 0, at - 1);
      turn(x < widthPx - 1, at + 1);
      turn(y > 0, at - widthPx);
      turn(y < heightPx - 1, at + widthPx);
    }
  }
  return sides;
};

/**
 * What is left of the foreground beside a person and is none of the product: seams along the person's edge, and scraps that hang on it. Further away
 * nothing is touched, so that thin parts of a product (cables, handles) stay.
 * Pieces that reach from the person out of the picture go as what they are: arms and sleeves.
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
  const gone: Bitmap = { widthPx, heightPx, data: people.data.map((value, at) => value | (slivers.data[at] as number)) };
  const sides = sidesOf(labels, gone, components.length);
  const peoplePx = areaPxOf(people);
  const isLimb = (label: number, areaPx: number): boolean => {
    const { all, beside, cutOff } = sides[label] as Sides;
    return areaPx < limbShare * whole && areaPx < peoplePx && beside >= leastBeside * all && cutOff >= leastCutOff * all;
  };
  const scraps = new Set(components.filter(({ label, areaPx }) => touching.has(label) && (areaPx < scrapShare * whole || isLimb(label, areaPx))).map(({ label }) => label));
  for (let at = 0; at < labels.length; at++) if (scraps.has(labels[at] as number)) slivers.data[at] = 255;
  return slivers;
};
