import type { Bitmap } from '../mask/bitmap.ts';
import { countOverlap } from './overlap.ts';

/** Dice coefficient (F1 of pixels), 0..1; two empty masks are equal: 1. @throws RangeError for masks of different sizes */
export const dice = (first: Bitmap, second: Bitmap): number => {
  const { bothPx, firstPx, secondPx } = countOverlap(first, second);
  return firstPx + secondPx === 0 ? 1 : (2 * bothPx) / (firstPx + secondPx);
};
