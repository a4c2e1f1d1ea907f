import type { TileState } from '../edits/tileState.ts';
import type { Piece } from '../mask/pieces.ts';
import { ringsOfMask } from '../mask/ringsOfMask.ts';
import { findPiece, type PiecePlace } from './findPiece.ts';
import type { RasterJob } from './job.ts';
import { pieceMapOf } from './pieceMap.ts';

export interface PieceAnswer {
  readonly piece: Piece;
  /** Its borders as x, y, x, y, ... on pixel corners, imagePx; empty when they are too long to be drawn at every frame. */
  readonly rings: readonly Int32Array[];
  /** Of this kind in the whole mask. */
  readonly count: number;
  /** All of them together. */
  readonly allAreaPx: number;
}

/** More corners than a screen can show and a frame can draw. */
const mostCorners = 20_000;

/** What lies under the pointer: for a highlight, and to say what a click would do. */
export const pieceAt: RasterJob<{ readonly mask: TileState; readonly place: PiecePlace; readonly kind: Piece['kind'] }, PieceAnswer | null> = {
  run: ({ mask, place, kind }) => {
    const pieces = pieceMapOf(mask);
    const piece = findPiece(pieces, place, kind);
    if (piece === null) return null;
    const { rect, data } = pieces.shapeOf([piece]);
    const rings = ringsOfMask({ widthPx: rect.widthPx, heightPx: rect.heightPx, data }, kind === 'island' ? 8 : 4).map((ring) => ring.map((value, at) => value + (at % 2 === 0 ? rect.xPx : rect.yPx)));
    const corners = rings.reduce((sum, ring) => sum + ring.length / 2, 0);
    const all = kind === 'island' ? pieces.islands : pieces.holes;
    return { piece, rings: corners > mostCorners ? [] : rings, count: all.length, allAreaPx: all.reduce((sum, { areaPx }) => sum + areaPx, 0) };
  },
};
