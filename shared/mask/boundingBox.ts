import type { Bitmap } from './bitmap.ts';
import { rectOfEdges, type Rect } from './rect.ts';

/** The smallest rectangle (imagePx) that holds everything inside; null for an empty mask. */
export const boundingBox = ({ widthPx, heightPx, data }: Bitmap): Rect | null => {
  let left = widthPx;
  let right = 0;
  let top = -1;
  let bottom = 0;
  for (let y = 0; y < heightPx; y++) {
    const start = y * widthPx;
    const first = data.indexOf(255, start);
    if (first === -1) break;
    if (first >= start + widthPx) continue;
    const last = data.lastIndexOf(255, start + widthPx - 1);
    if (top === -1) top = y;
    bottom = y + 1;
    left = Math.min(left, first - start);
    right = Math.max(right, last - start + 1);
  }
  return top === -1 ? null : rectOfEdges(left, top, right, bottom);
};
