import { joinTiles, type TileJoin } from '../edits/joinTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import type { RgbaImage } from '../picture/rgbaImage.ts';
import { wandReach, type WandReach, type WandSeed } from '../picture/wandReach.ts';
import { wandShape } from '../picture/wandShape.ts';
import type { RasterJob } from './job.ts';

export interface WandInput {
  readonly mask: TileState;
  readonly seed: WandSeed;
  /** Level of shared/picture/oklab.ts, 0..254. */
  readonly level: number;
  readonly join: TileJoin;
  /** Calm the border. */
  readonly isSmooth: boolean;
}

/** The last wand of each photo: while its tolerance is dragged, all that changes is a number. Gone with the photo. */
const last = new WeakMap<RgbaImage, { readonly seed: WandSeed; readonly reach: WandReach }>();

const sameSeed = (a: WandSeed, b: WandSeed): boolean => a.xPx === b.xPx && a.yPx === b.yPx && a.sampleSidePx === b.sampleSidePx && a.isContiguous === b.isContiguous;

/** The mask joined with what has about the colour of a place in the photo. @throws RangeError for a seed outside of it */
export const wand: RasterJob<WandInput, TileState> = {
  run: async ({ mask, seed, level, join, isSmooth }, context) => {
    const photo = await context.photo();
    const known = last.get(photo);
    const reach = known !== undefined && sameSeed(known.seed, seed) ? known.reach : wandReach(photo, seed);
    last.set(photo, { seed, reach });
    return joinTiles(mask, wandShape(reach, photo.widthPx, photo.heightPx, level, isSmooth), join);
  },
};
