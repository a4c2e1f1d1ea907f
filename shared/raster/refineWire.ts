import { refineWire as refine } from '../picture/refineWire.ts';
import type { RasterJob } from './job.ts';

export interface RefineWireInput {
  /** Open lines that belong together, x, y, x, y, ... imagePx. */
  readonly lines: readonly Float64Array[];
  readonly stepPx: number;
  readonly contrast: number;
}

/** Wires that were found on a small picture, found again on the photo's own pixels. */
export const refineWire: RasterJob<RefineWireInput, readonly Float64Array[]> = {
  run: async ({ lines, stepPx, contrast }, context) => {
    const image = await context.photo();
    return lines.map((line) => refine(image, line, stepPx, contrast));
  },
};
