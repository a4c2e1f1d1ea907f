import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import { boundingBox } from '../mask/boundingBox.ts';
import { widenRect } from '../mask/crop.ts';
import { reducedGrey, type ReducedGrey } from '../picture/reducedGrey.ts';
import { registerPart, type Registration } from '../picture/registerPart.ts';
import type { RasterJob } from './job.ts';

/** Room around the mask, in shares of its longer side: what borders on it is the same in two frames, what is further away is not. */
const roomShare = 0.08;

/** Where the asset's photo shows what another photo's mask covers; null for an empty mask. The source is reduced to about the side that this one is. */
export const registerPhoto: RasterJob<{ readonly source: ReducedGrey; readonly sourceMask: TileState; readonly sidePx: number }, Registration | null> = {
  run: async ({ source, sourceMask, sidePx }, context) => {
    const { widthPx, heightPx } = sourceMask.grid;
    const box = boundingBox(bitmapOfTiles(sourceMask));
    if (box === null) return null;
    const part = widenRect(box, Math.round(roomShare * Math.max(box.widthPx, box.heightPx)), widthPx, heightPx);
    return registerPart(source, reducedGrey(await context.photo(), sidePx), part);
  },
};
