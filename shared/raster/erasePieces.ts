import { joinTiles } from '../edits/joinTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import type { Piece } from '../mask/pieces.ts';
import { findPiece, type PiecePlace } from './findPiece.ts';
import type { RasterJob } from './job.ts';
import { pieceMapOf } from './pieceMap.ts';

/** A stretch that the pointer went: a straight line between two places. */
export interface PieceSweep {
  readonly from: PiecePlace;
  readonly to: PiecePlace;
  /** What is touched comes back instead of going. */
  readonly restores: boolean;
}

export interface ErasedPieces {
  readonly mask: TileState;
  readonly count: number;
  readonly areaPx: number;
}

/** Each pixel on the way once. */
const eachPlace = ({ from, to }: PieceSweep, visit: (place: PiecePlace) => void): void => {
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(to.xImagePx - from.xImagePx), Math.abs(to.yImagePx - from.yImagePx))));
  for (let step = 0; step <= steps; step++) {
    const share = step / steps;
    visit({
      xImagePx: from.xImagePx + (to.xImagePx - from.xImagePx) * share,
      yImagePx: from.yImagePx + (to.yImagePx - from.yImagePx) * share,
      // Between the two places only what is crossed counts; a search round each pixel would take its square.
      reachPx: step === 0 || step === steps ? to.reachPx : 0,
    });
  }
};

/** The mask without the islands that a drag has crossed, one stretch after the other. */
export const erasePieces: RasterJob<{ readonly mask: TileState; readonly sweeps: readonly PieceSweep[] }, ErasedPieces> = {
  run: ({ mask, sweeps }) => {
    const pieces = pieceMapOf(mask);
    const touched = new Set<Piece>();
    for (const sweep of sweeps) {
      eachPlace(sweep, (place) => {
        const piece = findPiece(pieces, place, 'island');
        if (piece === null) return;
        if (sweep.restores) touched.delete(piece);
        else touched.add(piece);
      });
    }
    const chosen = [...touched];
    return {
      mask: chosen.length === 0 ? mask : joinTiles(mask, pieces.shapeOf(chosen), 'subtract'),
      count: chosen.length,
      areaPx: chosen.reduce((sum, { areaPx }) => sum + areaPx, 0),
    };
  },
};
