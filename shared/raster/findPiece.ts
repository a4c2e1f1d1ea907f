import type { Piece, PieceMap } from '../mask/pieces.ts';

/** A place where a piece is looked for. */
export interface PiecePlace {
  readonly xImagePx: number;
  readonly yImagePx: number;
  /** Small pieces count as hit from this far, in imagePx: a speck of three pixels could not be aimed at. */
  readonly reachPx: number;
}

/** Farther is not looked, however small the picture is shown. */
const mostReachPx = 40;

/** The wanted piece under the place, else the nearest one within reach; null for none. */
export const findPiece = (pieces: PieceMap, { xImagePx, yImagePx, reachPx }: PiecePlace, kind: Piece['kind']): Piece | null => {
  const x = Math.floor(xImagePx);
  const y = Math.floor(yImagePx);
  const under = pieces.pieceAt(x, y);
  if (under?.kind === kind) return under;
  const reach = Math.ceil(Math.min(mostReachPx, reachPx));
  let nearest: Piece | null = null;
  let nearestSquared = Math.min(mostReachPx, reachPx) ** 2;
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const squared = dx * dx + dy * dy;
      if (squared > nearestSquared) continue;
      const piece = pieces.pieceAt(x + dx, y + dy);
      if (piece?.kind !== kind || (nearest !== null && squared === nearestSquared)) continue;
      nearest = piece;
      nearestSquared = squared;
    }
  }
  return nearest;
};
