import { tileSizePx, type TileGrid } from '../../../shared/edits/tileGrid.ts';
import type { Spans } from './spans.ts';

/**
 * Calls back with each tile that the spans may touch, row by row: its index, and the rows of the spans that lie in it (imagePx, the last one
 * not included). A call, not a list: painting allocates nothing.
 */
export const eachTileOfSpans = (grid: TileGrid, spans: Spans, visit: (index: number, top: number, bottom: number) => void): void => {
  for (let tileRow = Math.floor(spans.top / tileSizePx); tileRow * tileSizePx < spans.bottom; tileRow++) {
    const top = Math.max(spans.top, tileRow * tileSizePx);
    const bottom = Math.min(spans.bottom, (tileRow + 1) * tileSizePx);
    let left = Infinity;
    let right = -Infinity;
    for (let y = top; y < bottom; y++) {
      left = Math.min(left, spans.starts[y - spans.top] as number);
      right = Math.max(right, spans.ends[y - spans.top] as number);
    }
    if (left >= right) continue;
    for (let column = Math.floor(left / tileSizePx); column * tileSizePx < right; column++) visit(tileRow * grid.columns + column, top, bottom);
  }
};
