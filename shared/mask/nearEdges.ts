import type { Bitmap } from './bitmap.ts';
import { cropBitmap, widenRect } from './crop.ts';
import type { Rect } from './rect.ts';

const leastCellPx = 256;

/** Whether all pixels of a part are alike; found by the engine's own search, most parts that are not end after a row. */
export const isUniform = ({ widthPx, data }: Bitmap, rect: Rect): boolean => {
  const other = 255 - (data[rect.yPx * widthPx + rect.xPx] as number);
  for (let y = rect.yPx; y < rect.yPx + rect.heightPx; y++) {
    const row = y * widthPx + rect.xPx;
    if (data.subarray(row, row + rect.widthPx).includes(other)) return false;
  }
  return true;
};

/** Squares of at least `leastSidePx`, three times the reach where that is more: the cells of an image, and each with the neighbourhood that decides over its pixels, where that is not all alike. */
export function* cellsAtEdges(bitmap: Bitmap, reachPx: number, leastSidePx = leastCellPx): Generator<{ readonly cell: Rect; readonly place: Rect }> {
  const { widthPx, heightPx } = bitmap;
  const margin = Math.ceil(reachPx) + 1;
  const side = Math.max(leastSidePx, 3 * margin);
  for (let yPx = 0; yPx < heightPx; yPx += side) {
    for (let xPx = 0; xPx < widthPx; xPx += side) {
      const cell = { xPx, yPx, widthPx: Math.min(side, widthPx - xPx), heightPx: Math.min(side, heightPx - yPx) };
      const place = widenRect(cell, margin, widthPx, heightPx);
      if (!isUniform(bitmap, place)) yield { cell, place };
    }
  }
}

/**
 * A change that leaves pixels alone whose neighbourhood is all alike, worked out near the mask's edges only: at 24 MP a tenth to a third of the image.
 * @param reachPx how far away a pixel may be that decides over another
 * @param change given a part of the mask; what is beyond the part must not matter to pixels further than `reachPx` from its border
 */
export const changeNearEdges = (bitmap: Bitmap, reachPx: number, change: (part: Bitmap) => Bitmap): Bitmap => {
  const { widthPx, heightPx } = bitmap;
  const data = bitmap.data.slice();
  for (const { cell, place } of cellsAtEdges(bitmap, reachPx)) {
    const changed = change(cropBitmap(bitmap, place));
    for (let y = 0; y < cell.heightPx; y++) {
      const from = (cell.yPx - place.yPx + y) * place.widthPx + cell.xPx - place.xPx;
      data.set(changed.data.subarray(from, from + cell.widthPx), (cell.yPx + y) * widthPx + cell.xPx);
    }
  }
  return { widthPx, heightPx, data };
};
