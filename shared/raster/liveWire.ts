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
    const image = await context.photo();
    // A click beside the picture begins at its edge.
    const xPx = Math.min(image.widthPx - 1, Math.max(0, Math.floor(xImagePx)));
    const yPx = Math.min(image.heightPx - 1, Math.max(0, Math.floor(yImagePx)));
    const reachPx = reachCells * stepPx;
    const part = { xPx: xPx - reachPx, yPx: yPx - reachPx, widthPx: 2 * reachPx + stepPx, heightPx: 2 * reachPx + stepPx };
    return wireMap(edgeMap(image, part, stepPx, contrast), xPx, yPx);
  },
};
