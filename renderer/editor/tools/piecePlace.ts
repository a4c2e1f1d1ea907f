import type { PiecePlace } from '../../../shared/raster/findPiece.ts';
import type { ToolContext } from './tool.ts';

export type { PiecePlace } from '../../../shared/raster/findPiece.ts';

/** As far as a hand that aims at a speck is off. */
const reachViewPx = 5;

export const placeOf = ({ scale }: ToolContext, { xImagePx, yImagePx }: { readonly xImagePx: number; readonly yImagePx: number }): PiecePlace => ({ xImagePx, yImagePx, reachPx: reachViewPx / scale });
