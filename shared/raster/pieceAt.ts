import type { TileState } from '../edits/tileState.ts';
import type { Piece, PieceMap } from '../mask/pieces.ts';
import { pointCount, signedAreaPx } from '../mask/ring.ts';
import { ringsOfMask } from '../mask/ringsOfMask.ts';
import { simplifyRing } from '../mask/simplifyRing.ts';
import { findPiece, type PiecePlace } from './findPiece.ts';
import type { RasterJob } from './job.ts';
import { pieceMapOf } from './pieceMap.ts';

export interface PieceAnswer {
  readonly piece: Piece;
  /** Its borders as x, y, x, y, ..., imagePx: the outer one, and as many of the inner ones as can be drawn at every frame. */
  readonly rings: readonly ArrayLike<number>[];
  /** Of this kind in the whole mask. */
  readonly count: number;
  /** All of them together. */
  readonly allAreaPx: number;
}

/** More corners than a screen can show and a frame can draw. */
const mostCorners = 8000;

/** With as few corners as can be drawn, coarser and coarser. */
const drawable = (ring: Int32Array): ArrayLike<number> => {
  let drawn: ArrayLike<number> = ring;
  for (let tolerancePx = 0.75; pointCount(drawn) > mostCorners && tolerancePx < 100; tolerancePx *= 2) drawn = simplifyRing(ring, tolerancePx);
  return drawn;
};

/** Its outer border, and of its inner ones the longest, as far as they can be drawn: of a piece with a thousand pinholes the outline counts. */
const bordersOf = (pieces: PieceMap, piece: Piece): readonly ArrayLike<number>[] => {
  const { rect, data } = pieces.shapeOf([piece]);
  const rings = ringsOfMask({ widthPx: rect.widthPx, heightPx: rect.heightPx, data }, piece.kind === 'island' ? 8 : 4);
  const outer = rings.filter((ring) => signedAreaPx(ring) < 0).map(drawable);
  let room = mostCorners - outer.reduce((sum, ring) => sum + pointCount(ring), 0);
  const inner = rings
    .filter((ring) => signedAreaPx(ring) > 0)
    .sort((one, other) => other.length - one.length)
    .filter((ring) => {
      const fits = pointCount(ring) <= room;
      if (fits) room -= pointCount(ring);
      return fits;
    });
  return [...outer, ...inner].map((ring) => Float64Array.from(ring, (value, at) => value + (at % 2 === 0 ? rect.xPx : rect.yPx)));
};

/** Found once a piece, while its map lives: the pointer moves within one for a while. */
const knownBorders = new WeakMap<Piece, readonly ArrayLike<number>[]>();

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
