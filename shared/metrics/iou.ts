import type { Bitmap } from '../mask/bitmap.ts';
import { countOverlap, iouOf } from './overlap.ts';

/** Intersection over union of two masks, see {@link iouOf}. @throws RangeError for masks of different sizes */
export const iou = (first: Bitmap, second: Bitmap): number => iouOf(countOverlap(first, second));
