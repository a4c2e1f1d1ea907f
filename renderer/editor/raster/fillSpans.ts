import { uniformValue } from '../../../shared/edits/tileCodec.ts';
import { tileRect } from '../../../shared/edits/tileGrid.ts';
import { rectOfEdges } from '../../../shared/mask/rect.ts';
import type { Transaction } from '../transaction.ts';
import type { Spans } from './spans.ts';
import { eachTileOfSpans } from './tilesOfSpans.ts';

/** Sets every pixel of the spans (clipped to the image before) to `value`, tile by tile; tiles that are all `value` already are not touched. */
export const fillSpans = (transaction: Transaction, spans: Spans, value: number): void => {
  eachTileOfSpans(transaction.grid, spans, (index, top, bottom) => {
    if (transaction.pixelsOf(index) === undefined && uniformValue(transaction.encodedBefore(index)) === value) return;
    fillInTile(transaction, spans, value, index, top, bottom);
  });
};

const fillInTile = (transaction: Transaction, spans: Spans, value: number, index: number, top: number, bottom: number): void => {
  const rect = tileRect(transaction.grid, index);
  const rightEdge = rect.xPx + rect.widthPx;
  let left = rightEdge;
  let right = rect.xPx;
  let firstRow = -1;
  let lastRow = -1;
  let pixels: Uint8Array | null = null;
  for (let y = top; y < bottom; y++) {
    const start = Math.max(rect.xPx, spans.starts[y - spans.top] as number);
    const end = Math.min(rightEdge, spans.ends[y - spans.top] as number);
    if (start >= end) continue;
    pixels ??= transaction.write(index);
    const row = (y - rect.yPx) * rect.widthPx - rect.xPx;
    pixels.fill(value, row + start, row + end);
    if (start < left) left = start;
    if (end > right) right = end;
    if (firstRow === -1) firstRow = y;
    lastRow = y;
  }
  if (firstRow !== -1) transaction.changed(index, rectOfEdges(left, firstRow, right, lastRow + 1));
};
