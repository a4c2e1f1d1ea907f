import { BugError } from '../errors/errors.ts';
import type { Edit } from './edit.ts';
import { sameTile } from './tileCodec.ts';
import type { TileState } from './tileState.ts';

/**
 * The mask after the edit; the given one is left as it is.
 * @throws BugError when the edit was made on another mask: undo must never reach into the wrong item
 */
export const applyEdit = (state: TileState, edit: Edit): TileState => {
  if (edit.widthPx !== state.grid.widthPx || edit.heightPx !== state.grid.heightPx) {
    throw new BugError(`An edit of ${edit.widthPx} x ${edit.heightPx} px does not fit a mask of ${state.grid.widthPx} x ${state.grid.heightPx} px`);
  }
  const tiles = state.tiles.slice();
  for (const { index, before, after } of edit.tiles) {
    const tile = tiles[index];
    if (tile === undefined || !sameTile(tile, before)) throw new BugError(`An edit was made on another state of tile ${index}`);
    tiles[index] = after;
  }
  return { grid: state.grid, tiles };
};
