import { emptyRect, rectOfEdges, type Rect } from '../../../shared/mask/rect.ts';

/** The smallest rectangle (imagePx) that holds every pixel in which two states of a tile differ. `rect` is the tile's place, its width the stride. */
export const changedRect = (rect: Rect, before: Uint8Array, after: Uint8Array): Rect => {
  const { widthPx, heightPx } = rect;
  let top = -1;
  let bottom = -1;
  let left = widthPx;
  let right = 0;
  for (let y = 0; y < heightPx; y++) {
    const start = y * widthPx;
    const end = start + widthPx;
    let first = start;
    while (first < end && before[first] === after[first]) first++;
    if (first === end) continue;
    let last = end - 1;
    while (before[last] === after[last]) last--;
    if (top === -1) top = y;
    bottom = y + 1;
    left = Math.min(left, first - start);
    right = Math.max(right, last - start + 1);
  }
  return top === -1 ? emptyRect : rectOfEdges(rect.xPx + left, rect.yPx + top, rect.xPx + right, rect.yPx + bottom);
};
