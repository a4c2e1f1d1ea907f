import { sameTile, uniformTile, uniformValue, type EncodedTile } from './tileCodec.ts';
import type { TileState } from './tileState.ts';

/**
 * The same mask in the objects that are there already: uniform tiles in the two that all share, others in those of another mask where they are equal.
 * What comes from a worker is a copy of its own, and kept beside the mask it was made from it would hold that once more.
 */
export const shareTiles = ({ grid, tiles }: TileState, known: TileState): TileState => ({
  grid,
  tiles: tiles.map((tile, index): EncodedTile => {
    const value = uniformValue(tile);
    if (value !== null) return uniformTile(value);
    const other = known.tiles[index];
    return other !== undefined && sameTile(tile, other) ? other : tile;
  }),
});
