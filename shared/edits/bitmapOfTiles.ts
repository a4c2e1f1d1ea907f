import { emptyBitmap, type Bitmap } from '../mask/bitmap.ts';
import { decodeTile, uniformValue } from './tileCodec.ts';
import { tileAreaPx, tileRect, tileSizePx } from './tileGrid.ts';
import type { TileState } from './tileState.ts';

/** The whole mask as bytes. */
export const bitmapOfTiles = ({ grid, tiles }: TileState): Bitmap => {
  const bitmap = emptyBitmap(grid.widthPx, grid.heightPx);
  const pixels = new Uint8Array(tileSizePx * tileSizePx);
  for (const [index, tile] of tiles.entries()) {
    const value = uniformValue(tile);
    if (value === 0) continue;
    const rect = tileRect(grid, index);
    if (value === null) decodeTile(tile, pixels.subarray(0, tileAreaPx(grid, index)));
    for (let row = 0; row < rect.heightPx; row++) {
      const target = (rect.yPx + row) * grid.widthPx + rect.xPx;
      if (value === 255) bitmap.data.fill(255, target, target + rect.widthPx);
      else bitmap.data.set(pixels.subarray(row * rect.widthPx, (row + 1) * rect.widthPx), target);
    }
  }
  return bitmap;
};
