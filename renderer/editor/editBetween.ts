import type { Edit, TileChange } from '../../shared/edits/edit.ts';
import { sameTile } from '../../shared/edits/tileCodec.ts';
import type { TileState } from '../../shared/edits/tileState.ts';

/** The edit that leads from one mask to another of the same size; null when they are equal. @throws RangeError for another size */
export const editBetween = (from: TileState, to: TileState): Edit | null => {
  const { widthPx, heightPx } = from.grid;
  if (widthPx !== to.grid.widthPx || heightPx !== to.grid.heightPx) {
    throw new RangeError(`A mask of ${to.grid.widthPx} x ${to.grid.heightPx} px cannot replace one of ${widthPx} x ${heightPx} px`);
  }
  const tiles: TileChange[] = [];
  for (const [index, before] of from.tiles.entries()) {
    const after = to.tiles[index];
    if (after !== undefined && !sameTile(before, after)) tiles.push({ index, before, after });
  }
  return tiles.length === 0 ? null : { widthPx, heightPx, tiles };
};
