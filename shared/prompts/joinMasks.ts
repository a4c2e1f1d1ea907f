import { emptyBitmap, type Bitmap } from '../mask/bitmap.ts';
import { intersect, subtract, unite } from '../mask/compositing.ts';
import type { Join } from './prompt.ts';

const operations: Readonly<Record<Join, (base: Bitmap, answer: Bitmap) => Bitmap>> = {
  replace: (_, answer) => answer,
  add: unite,
  subtract,
  intersect,
};

/**
 * The mask that was there and an answer, joined.
 * @param base null: nothing was there
 * @throws RangeError masks of different sizes
 */
export const joinMasks = (base: Bitmap | null, answer: Bitmap, join: Join): Bitmap =>
  operations[join](base ?? emptyBitmap(answer.widthPx, answer.heightPx), answer);
