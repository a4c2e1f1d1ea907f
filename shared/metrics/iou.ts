import type { Bitmap } from '../mask/bitmap.ts';
import { countOverlap } from './overlap.ts';

/** Intersection over union (Jaccard index), 0..1; two empty masks are equal: 1. @throws RangeError for masks of different sizes */
export const iou = (first: Bitmap, second: Bitmap): number => {
  const { bothPx, firstPx, secondPx } = countOverlap(first, second);
  const eitherPx = firstPx + secondPx - bothPx;
  return eitherPx === 0 ? 1 : bothPx / eitherPx;
};
