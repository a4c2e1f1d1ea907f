import { decodeTile, uniformValue, type EncodedTile } from '../edits/tileCodec.ts';
import { tileAreaPx, tileSizePx } from '../edits/tileGrid.ts';
import type { TileState } from '../edits/tileState.ts';
import type { ReadPixel } from '../mask/traceRing.ts';

/** Reads a mask's pixels one by one, for following a line through it: tiles are opened as the line comes to them, and stay open. */
export const tilePixels = ({ grid, tiles }: TileState): ReadPixel => {
  const { widthPx, heightPx, columns } = grid;
  const open = new Map<number, 0 | 255 | Uint8Array>();
  const openTile = (index: number): 0 | 255 | Uint8Array => {
    const encoded = tiles[index] as EncodedTile;
    const uniform = uniformValue(encoded);
    if (uniform !== null) return uniform;
    const pixels = new Uint8Array(tileAreaPx(grid, index));
    decodeTile(encoded, pixels);
    return pixels;
  };
  let last = -1;
  let tile: 0 | 255 | Uint8Array = 0;
  let stridePx = 0;
  return (xPx, yPx) => {
    if (xPx < 0 || yPx < 0 || xPx >= widthPx || yPx >= heightPx) return false;
    const column = Math.floor(xPx / tileSizePx);
    const row = Math.floor(yPx / tileSizePx);
    const index = row * columns + column;
    if (index !== last) {
      last = index;
      tile = open.get(index) ?? openTile(index);
      open.set(index, tile);
      stridePx = Math.min(tileSizePx, widthPx - column * tileSizePx);
    }
    return typeof tile === 'number' ? tile === 255 : (tile[(yPx - row * tileSizePx) * stridePx + xPx - column * tileSizePx] as number) >= 128;
  };
};
