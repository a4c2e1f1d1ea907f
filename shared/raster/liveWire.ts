import { edgeMap } from '../picture/edgeMap.ts';
import { wireMap, type WireMap } from '../picture/liveWire.ts';
import type { RasterJob } from './job.ts';

export interface LiveWireInput {
  /** Where the wire begins, imagePx. */
  readonly xImagePx: number;
  readonly yImagePx: number;
  /** Pixels a cell, see edgeMap.ts. */
  readonly stepPx: number;
  /** Cells to each side of the beginning. */
  readonly reachCells: number;
  /** 0..1 */
  readonly contrast: number;
}

/** The cheapest ways along the photo's edges from one place to all others near it. */
export const liveWire: RasterJob<LiveWireInput, WireMap> = {
  run: async ({ xImagePx, yImagePx, stepPx, reachCells, contrast }, context) => {
    const reachPx = reachCells * stepPx;
    const part = { xPx: Math.floor(xImagePx) - reachPx, yPx: Math.floor(yImagePx) - reachPx, widthPx: 2 * reachPx + stepPx, heightPx: 2 * reachPx + stepPx };
    return wireMap(edgeMap(await context.photo(), part, stepPx, contrast), xImagePx, yImagePx);
  },
};
