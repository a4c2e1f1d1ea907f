import { uniformTile, type EncodedTile } from './tileCodec.ts';
import { tileCount, tileGrid, type TileGrid } from './tileGrid.ts';

/** A whole mask as compressed tiles: what edits are applied to. One tile for each index of the grid. */
export interface TileState {
  readonly grid: TileGrid;
  readonly tiles: readonly EncodedTile[];
}

export const blankTileState = (widthPx: number, heightPx: number): TileState => {
  const grid = tileGrid(widthPx, heightPx);
  return { grid, tiles: new Array<EncodedTile>(tileCount(grid)).fill(uniformTile(0)) };
};
