import type { TileLayer } from '../edits/combineTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import type { RasterJob } from './job.ts';
import { nearestCombination } from './nearestCombination.ts';

export interface FoundCombination {
  /** In the list that was given. */
  readonly index: number;
  readonly editedPx: number;
}

/** In which of several ways the parts of a mask are joined in it. @throws RangeError without candidates, or when sizes differ */
export const findCombination: RasterJob<{ readonly mask: TileState; readonly candidates: readonly (readonly TileLayer[])[] }, FoundCombination> = {
  run: ({ mask, candidates }) => {
    const { index, editedPx } = nearestCombination(mask, candidates);
    return { index, editedPx };
  },
};
