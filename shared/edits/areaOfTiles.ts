import { ByteReader } from '../mask/varint.ts';
import { uniformValue } from './tileCodec.ts';
import { tileAreaPx } from './tileGrid.ts';
import type { TileState } from './tileState.ts';

/** Pixels inside. Tiles are read as runs and never decoded: a mask of 24 MP takes about as long as reading its few hundred kB. */
export const areaOfTiles = ({ grid, tiles }: TileState): number => {
  let areaPx = 0;
  for (const [index, tile] of tiles.entries()) {
    const uniform = uniformValue(tile);
    if (uniform !== null) {
      areaPx += uniform === 255 ? tileAreaPx(grid, index) : 0;
      continue;
    }
    const reader = new ByteReader(tile.subarray(1));
    for (let isInside = false; !reader.atEnd; isInside = !isInside) {
      const runPx = reader.varint();
      if (isInside) areaPx += runPx;
    }
  }
  return areaPx;
};
