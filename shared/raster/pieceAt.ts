import type { TileState } from '../edits/tileState.ts';
import type { Piece, PieceMap } from '../mask/pieces.ts';
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

/** The longest borders as far as they can be drawn: of a piece with a thousand pinholes the outline counts. */
const bordersOf = (pieces: PieceMap, piece: Piece): readonly Int32Array[] => {
  const { rect, data } = pieces.shapeOf([piece]);
  const rings = ringsOfMask({ widthPx: rect.widthPx, heightPx: rect.heightPx, data }, piece.kind === 'island' ? 8 : 4);
  let corners = 0;
  return [...rings]
    .sort((a, b) => b.length - a.length)
    .filter((ring) => (corners += ring.length / 2) <= mostCorners)
    .map((ring) => ring.map((value, at) => value + (at % 2 === 0 ? rect.xPx : rect.yPx)));
};

/** Found once a piece, while its map lives: the pointer moves within one for a while. */
const knownBorders = new WeakMap<Piece, readonly Int32Array[]>();

/** What lies under the pointer: for a highlight, and to say what a click would do. */
export const pieceAt: RasterJob<{ readonly mask: TileState; readonly place: PiecePlace; readonly kind: Piece['kind'] }, PieceAnswer | null> = {
  run: ({ mask, place, kind }) => {
    const pieces = pieceMapOf(mask);
    const piece = findPiece(pieces, place, kind);
    if (piece === null) return null;
    const rings = knownBorders.get(piece) ?? bordersOf(pieces, piece);
    knownBorders.set(piece, rings);
    const all = kind === 'island' ? pieces.islands : pieces.holes;
    return { piece, rings, count: all.length, allAreaPx: all.reduce((sum, { areaPx }) => sum + areaPx, 0) };
  },
};
