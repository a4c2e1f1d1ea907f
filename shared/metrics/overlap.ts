import type { Bitmap } from '../mask/bitmap.ts';

/** Pixel counts of two masks of one image. */
export interface Overlap {
  readonly bothPx: number;
  readonly firstPx: number;
  readonly secondPx: number;
}

/** @throws RangeError for masks of different sizes */
export const countOverlap = (first: Bitmap, second: Bitmap): Overlap => {
  if (first.widthPx !== second.widthPx || first.heightPx !== second.heightPx) {
    throw new RangeError(`Masks of ${first.widthPx} x ${first.heightPx} and ${second.widthPx} x ${second.heightPx} px cannot be compared`);
  }
  let bothPx = 0;
  let firstPx = 0;
  let secondPx = 0;
  for (let index = 0; index < first.data.length; index++) {
    const a = (first.data[index] as number) >>> 7;
    const b = (second.data[index] as number) >>> 7;
    bothPx += a & b;
    firstPx += a;
    secondPx += b;
  }
  return { bothPx, firstPx, secondPx };
};

/** Intersection over union (Jaccard index), 0..1; two empty masks are equal: 1. */
export const iouOf = ({ bothPx, firstPx, secondPx }: Overlap): number => {
  const eitherPx = firstPx + secondPx - bothPx;
  return eitherPx === 0 ? 1 : bothPx / eitherPx;
};
