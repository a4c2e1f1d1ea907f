import { joinTiles } from '../edits/joinTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import type { Piece } from '../mask/pieces.ts';
import type { RasterJob } from './job.ts';
import { pieceMapOf } from './pieceMap.ts';

export interface SmallPieces {
  readonly mask: TileState;
  /** How many change, their pixels together, and how many of the kind there are in all. */
  readonly count: number;
  readonly areaPx: number;
  readonly of: number;
}

/** Fills all holes, or drops all islands, of at most so many pixels. The largest island stays: what is left of a mask is never nothing. */
export const changeSmallPieces: RasterJob<{ readonly mask: TileState; readonly kind: Piece['kind']; readonly mostPx: number }, SmallPieces> = {
  run: ({ mask, kind, mostPx }) => {
    const pieces = pieceMapOf(mask);
    const all = kind === 'hole' ? pieces.holes : pieces.islands;
    const largest = kind === 'island' ? all.reduce<Piece | null>((most, piece) => (most === null || piece.areaPx > most.areaPx ? piece : most), null) : null;
    const chosen = all.filter((piece) => piece.areaPx <= mostPx && piece !== largest);
    return {
      mask: chosen.length === 0 ? mask : joinTiles(mask, pieces.shapeOf(chosen), kind === 'hole' ? 'add' : 'subtract'),
      count: chosen.length,
      areaPx: chosen.reduce((sum, { areaPx }) => sum + areaPx, 0),
      of: all.length,
    };
  },
};
