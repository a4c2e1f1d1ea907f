import { tileGrid } from '../../shared/edits/tileGrid.ts';
import { cutIntoTiles, tilesOfRle } from '../../shared/edits/tilesOfRle.ts';
import { blankTileState, type TileState } from '../../shared/edits/tileState.ts';
import type { MaskSource } from './types.ts';

/** @throws RangeError when the bytes are not exactly one mask */
export const tilesOf = (source: MaskSource): TileState => {
  if ('blank' in source) return blankTileState(source.blank.widthPx, source.blank.heightPx);
  if ('tiles' in source) return source.tiles;
  if ('rle' in source) return tilesOfRle(source.rle);
  const { widthPx, heightPx, data } = source.bitmap;
  if (data.length !== widthPx * heightPx) throw new RangeError(`A bitmap of ${widthPx} x ${heightPx} has ${data.length} bytes`);
  return cutIntoTiles(tileGrid(widthPx, heightPx), (firstRow, rowCount) =>
    data.subarray(firstRow * widthPx, (firstRow + rowCount) * widthPx),
  );
};
