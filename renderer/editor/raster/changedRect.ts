import { emptyRect, rectOfEdges, type Rect } from '../../../shared/mask/rect.ts';
import { wordsOf } from '../../../shared/mask/runEnd.ts';

/**
 * The smallest rectangle (imagePx) that holds every pixel in which two states of a tile differ. `rect` is the tile's place, its width the
 * stride; both buffers are at least that long and may be longer. Four pixels at a time to the first and the last difference: undoing
 * a large stroke compares hundreds of tiles.
 */
export const changedRect = (rect: Rect, before: Uint8Array, after: Uint8Array): Rect => {
  const { widthPx, heightPx } = rect;
  const areaPx = widthPx * heightPx;
  const wordsBefore = wordsOf(before);
  const wordsAfter = wordsOf(after);
  const wordCount = areaPx >>> 2;
  let first = 0;
  while (first < wordCount && wordsBefore[first] === wordsAfter[first]) first++;
  first *= 4;
  while (first < areaPx && before[first] === after[first]) first++;
  if (first >= areaPx) return emptyRect;
  let end = areaPx;
  while ((end & 3) !== 0 && before[end - 1] === after[end - 1]) end--;
  if ((end & 3) === 0) {
    let word = end >>> 2;
    while (wordsBefore[word - 1] === wordsAfter[word - 1]) word--;
    end = word * 4;
  }
  while (before[end - 1] === after[end - 1]) end--;
  const top = Math.floor(first / widthPx);
  const bottom = Math.floor((end - 1) / widthPx) + 1;
  let left = widthPx;
  let right = 0;
  for (let y = top; y < bottom; y++) {
    const start = y * widthPx;
    let x = 0;
    while (x < left && before[start + x] === after[start + x]) x++;
    left = x;
    x = widthPx;
    while (x > right && before[start + x - 1] === after[start + x - 1]) x--;
    right = x;
  }
  return rectOfEdges(rect.xPx + left, rect.yPx + top, rect.xPx + right, rect.yPx + bottom);
};
