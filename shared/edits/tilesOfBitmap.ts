import type { Bitmap } from '../mask/bitmap.ts';
import { tileGrid } from './tileGrid.ts';
import { cutIntoTiles } from './tilesOfRle.ts';
import type { TileState } from './tileState.ts';

/** @throws RangeError when there are not as many bytes as pixels */
export const tilesOfBitmap = ({ widthPx, heightPx, data }: Bitmap): TileState => {
  if (data.length !== widthPx * heightPx) throw new RangeError(`A bitmap of ${widthPx} x ${heightPx} has ${data.length} bytes`);
  return cutIntoTiles(tileGrid(widthPx, heightPx), (firstRow, rowCount) => data.subarray(firstRow * widthPx, (firstRow + rowCount) * widthPx));
};
