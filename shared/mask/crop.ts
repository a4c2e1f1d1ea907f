import { emptyBitmap, type Bitmap } from './bitmap.ts';
import { rectOfEdges, type Rect } from './rect.ts';

/** The part of a mask inside `rect` (imagePx, within the mask). */
export const cropBitmap = ({ widthPx, data }: Bitmap, rect: Rect): Bitmap => {
  const cropped = emptyBitmap(rect.widthPx, rect.heightPx);
  for (let y = 0; y < rect.heightPx; y++) {
    const from = (rect.yPx + y) * widthPx + rect.xPx;
    cropped.data.set(data.subarray(from, from + rect.widthPx), y * rect.widthPx);
  }
  return cropped;
};

/** `rect` with `marginPx` more on every side, cut off at the image's borders. */
export const widenRect = (rect: Rect, marginPx: number, widthPx: number, heightPx: number): Rect =>
  rectOfEdges(
    Math.max(0, rect.xPx - marginPx),
    Math.max(0, rect.yPx - marginPx),
    Math.min(widthPx, rect.xPx + rect.widthPx + marginPx),
    Math.min(heightPx, rect.yPx + rect.heightPx + marginPx),
  );
