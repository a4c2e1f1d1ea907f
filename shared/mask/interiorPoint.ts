import { emptyBitmap, type Bitmap } from './bitmap.ts';
import { findComponents, type Component, type Components } from './components.ts';
import { squaredDistance } from './distance.ts';

/** A pixel by its column and row. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** What is not the component, in its box and one pixel around it: there the photo's border counts as outside too. */
const outsideOf = ({ labels }: Components, { label, box }: Component, widthPx: number): Bitmap => {
  const around = emptyBitmap(box.widthPx + 2, box.heightPx + 2);
  around.data.fill(255);
  for (let y = 0; y < box.heightPx; y++) {
    const from = (box.yPx + y) * widthPx + box.xPx;
    const to = (y + 1) * around.widthPx + 1;
    for (let x = 0; x < box.widthPx; x++) if (labels[from + x] === label) around.data[to + x] = 0;
  }
  return around;
};

/**
 * The most interior pixel of a mask's largest piece (4-connected): the one farthest from everything that is not that piece, the first of equals in reading
 * order; null of an empty mask. Where a person who points at an object points at.
 * @param isTaken pixels that are not to be chosen
 */
export const interiorPoint = (mask: Bitmap, isTaken: (pixel: Pixel) => boolean = () => false): (Pixel & { readonly areaPx: number }) | null => {
  const found = findComponents(mask, 4);
  const largest = found.components.reduce<Component | null>((best, component) => (best === null || component.areaPx > best.areaPx ? component : best), null);
  if (largest === null) return null;
  const outside = outsideOf(found, largest, mask.widthPx);
  const distances = squaredDistance(outside);
  let best: Pixel | null = null;
  let bestDistance = 0;
  for (let index = 0; index < distances.length; index++) {
    const distance = distances[index] as number;
    if (distance <= bestDistance) continue;
    const pixel = { x: largest.box.xPx + (index % outside.widthPx) - 1, y: largest.box.yPx + Math.floor(index / outside.widthPx) - 1 };
    if (isTaken(pixel)) continue;
    [best, bestDistance] = [pixel, distance];
  }
  return best === null ? null : { ...best, areaPx: largest.areaPx };
};
