import { rectOfEdges, emptyRect, type Rect } from './rect.ts';
import type { ColumnRle } from './rleColumns.ts';

/** Pixels inside. */
export const rleAreaPx = ({ counts }: ColumnRle): number => {
  let area = 0;
  for (let index = 1; index < counts.length; index += 2) area += counts[index] as number;
  return area;
};

/**
 * The smallest rectangle that holds everything inside; empty for an empty mask, as COCO has it. A run that goes on in the next column touches the bottom and the top.
 * Runs of no length count as their place: as cocoapi's rleToBbox does, which such runs are never given by an encoder.
 */
export const rleBoundingBox = ({ size: [heightPx, widthPx], counts }: ColumnRle): Rect => {
  if (counts.length < 2 || heightPx === 0) return emptyRect;
  let [left, top, right, bottom] = [widthPx, heightPx, 0, 0];
  let position = 0;
  for (let index = 1; index < counts.length; index += 2) {
    const first = position + (counts[index - 1] as number);
    const last = Math.max(0, first + (counts[index] as number) - 1);
    position = first + (counts[index] as number);
    const firstY = first % heightPx;
    const lastY = last % heightPx;
    const firstX = (first - firstY) / heightPx;
    const lastX = (last - lastY) / heightPx;
    left = Math.min(left, firstX, lastX);
    right = Math.max(right, firstX, lastX);
    const spans = firstX < lastX;
    top = spans ? 0 : Math.min(top, firstY, lastY);
    bottom = spans ? heightPx - 1 : Math.max(bottom, firstY, lastY);
  }
  return rectOfEdges(left, top, right + 1, bottom + 1);
};
