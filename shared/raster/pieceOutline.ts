import type { TileState } from '../edits/tileState.ts';
import { polygonRuns } from '../mask/fillPolygon.ts';
import type { RowRuns } from '../mask/rowRuns.ts';
import { simplifyRing } from '../mask/simplifyRing.ts';
import { outerRingAt } from '../mask/traceRing.ts';
import type { RasterJob } from './job.ts';
import { tilePixels } from './tilePixels.ts';

export interface PieceOutlineInput {
  readonly mask: TileState;
  /** A pixel of the piece. */
  readonly xPx: number;
  readonly yPx: number;
  readonly tolerancePx: number;
}

export interface PieceOutline {
  /** The outer border, on pixel corners. */
  readonly ring: Int32Array;
  /** What it encloses. */
  readonly region: RowRuns;
  /** The same with fewer corners, none of the border farther from it than the tolerance. */
  readonly simplified: Float64Array;
}

/** The outer border of the piece at a place; null when there is no mask. Of a ragged piece at 24 MP that takes some 50 ms. */
export const pieceOutline: RasterJob<PieceOutlineInput, PieceOutline | null> = {
  run: ({ mask, xPx, yPx, tolerancePx }) => {
    const ring = outerRingAt(tilePixels(mask), xPx, yPx);
    if (ring === null) return null;
    const { widthPx, heightPx } = mask.grid;
    return { ring, region: polygonRuns([ring], widthPx, heightPx, 'nonZero'), simplified: simplifyRing(ring, tolerancePx) };
  },
};
