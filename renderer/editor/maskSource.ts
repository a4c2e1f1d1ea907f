import { tilesOfBitmap } from '../../shared/edits/tilesOfBitmap.ts';
import { tilesOfRle } from '../../shared/edits/tilesOfRle.ts';
import { blankTileState, type TileState } from '../../shared/edits/tileState.ts';
import type { MaskSource } from './types.ts';

/** @throws RangeError when the bytes are not exactly one mask */
export const tilesOf = (source: MaskSource): TileState => {
  if ('blank' in source) return blankTileState(source.blank.widthPx, source.blank.heightPx);
  if ('tiles' in source) return source.tiles;
  if ('rle' in source) return tilesOfRle(source.rle);
  return tilesOfBitmap(source.bitmap);
};
