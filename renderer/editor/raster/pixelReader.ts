import { tileSizePx, tileRect } from '../../../shared/edits/tileGrid.ts';
import type { Rect } from '../../../shared/mask/rect.ts';
import type { ReadPixel } from '../../../shared/mask/traceRing.ts';
import type { MaskDocument } from '../maskDocument.ts';

/** Reads a document's pixels one by one, for following a line through it: the tile in hand is kept, which is ten times as fast as asking for each. Not across changes of the document. */
export const pixelReader = (document: MaskDocument): ReadPixel => {
  const { widthPx, heightPx, grid } = document;
  let index = -1;
  let rect: Rect = { xPx: 0, yPx: 0, widthPx: 0, heightPx: 0 };
  let tile: 0 | 255 | Uint8Array = 0;
  return (xPx, yPx) => {
    if (xPx < 0 || yPx < 0 || xPx >= widthPx || yPx >= heightPx) return false;
    const wanted = Math.floor(yPx / tileSizePx) * grid.columns + Math.floor(xPx / tileSizePx);
    if (wanted !== index) {
      index = wanted;
      rect = tileRect(grid, index);
      tile = document.readTile(index);
    }
    return typeof tile === 'number' ? tile === 255 : (tile[(yPx - rect.yPx) * rect.widthPx + xPx - rect.xPx] as number) >= 128;
  };
};
