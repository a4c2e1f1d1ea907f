import { joinTiles } from '../edits/joinTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import { findPiece, type PiecePlace } from './findPiece.ts';
import type { RasterJob } from './job.ts';
import { pieceMapOf } from './pieceMap.ts';

/** fill: the hole becomes mask · drop: the island goes · keep: every other island goes */
export type PieceChange = 'fill' | 'drop' | 'keep';

/** The mask after a click on one of its pieces; null where there is none. */
export const changePiece: RasterJob<{ readonly mask: TileState; readonly place: PiecePlace; readonly change: PieceChange }, TileState | null> = {
  run: ({ mask, place, change }) => {
    const pieces = pieceMapOf(mask);
    const piece = findPiece(pieces, place, change === 'fill' ? 'hole' : 'island');
    if (piece === null) return null;
    if (change === 'keep' && pieces.islands.length === 1) return mask;
    return joinTiles(mask, pieces.shapeOf([piece]), change === 'fill' ? 'add' : change === 'drop' ? 'subtract' : 'intersect');
  },
};
