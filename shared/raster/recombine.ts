import { changeOfTiles, type AreaChange } from '../edits/changeOfTiles.ts';
import { combineTiles, keepEdits, type TileLayer } from '../edits/combineTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import { nearestCombination } from './nearestCombination.ts';
import type { RasterJob } from './job.ts';

export interface RecombineInput {
  /** The mask in hand, with whatever a person did to it. */
  readonly base: TileState;
  /** As they are to be joined now. */
  readonly layers: readonly TileLayer[];
  /** Ways of joining the same parts that the mask in hand may come from; at least one. */
  readonly candidates: readonly (readonly TileLayer[])[];
  /** Pixels that a person changed stay as they are; else all of the mask is made anew. */
  readonly keepsEdits: boolean;
}

export interface Recombined {
  readonly mask: TileState;
  readonly change: AreaChange;
  /** So many pixels of the mask in hand are a person's own. */
  readonly editedPx: number;
}

/** Parts joined in another way, in place of the way in which they were joined. @throws RangeError when sizes differ, or without candidates */
export const recombine: RasterJob<RecombineInput, Recombined> = {
  run: ({ base, layers, candidates, keepsEdits }) => {
    const combined = combineTiles(layers, base.grid);
    const { combination, editedPx } = nearestCombination(base, candidates);
    const mask = keepsEdits ? keepEdits(combined, combination, base) : combined;
    return { mask, change: changeOfTiles(base, mask), editedPx };
  },
};
