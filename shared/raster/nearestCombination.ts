import { changeOfTiles } from '../edits/changeOfTiles.ts';
import { combineTiles, type TileLayer } from '../edits/combineTiles.ts';
import type { TileState } from '../edits/tileState.ts';

export interface NearestCombination {
  readonly index: number;
  readonly combination: TileState;
  /** In how many pixels the mask is another. */
  readonly editedPx: number;
}

/**
 * From which way of joining parts a mask came, when somebody may have painted on it since: the one that it differs least from. Of equals the
 * first. @throws RangeError without candidates, or when sizes differ
 */
export const nearestCombination = (mask: TileState, candidates: readonly (readonly TileLayer[])[]): NearestCombination => {
  let nearest: NearestCombination | null = null;
  for (const [index, layers] of candidates.entries()) {
    const combination = combineTiles(layers, mask.grid);
    const { addedPx, removedPx } = changeOfTiles(combination, mask);
    const editedPx = addedPx + removedPx;
    if (nearest === null || editedPx < nearest.editedPx) nearest = { index, combination, editedPx };
    if (editedPx === 0) break;
  }
  if (nearest === null) throw new RangeError('There is no way of joining the parts to compare with');
  return nearest;
};
