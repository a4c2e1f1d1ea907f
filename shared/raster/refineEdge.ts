import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import { changeOfTiles, type AreaChange } from '../edits/changeOfTiles.ts';
import { matteOfPixels, type Matte } from '../edits/matte.ts';
import { tilesOfBitmap } from '../edits/tilesOfBitmap.ts';
import type { TileState } from '../edits/tileState.ts';
import { refineMatte, type RefineSettings } from '../picture/refineMatte.ts';
import type { RasterJob } from './job.ts';

export interface RefinedEdge {
  readonly matte: Matte;
  /** The mask that goes with it. */
  readonly mask: TileState;
  readonly change: AreaChange;
}

/** Soft coverage along a mask's edge. @throws RangeError as refineMatte */
export const refineEdge: RasterJob<
  RefineSettings & {
    readonly mask: TileState;
    /** Whether the mask becomes what is covered by half and more; else it stays as it is. */
    readonly updatesMask: boolean;
  },
  RefinedEdge
> = {
  run: async ({ mask, updatesMask, ...settings }, context) => {
    const { widthPx, heightPx } = mask.grid;
    const alpha = refineMatte(await context.photo(), bitmapOfTiles(mask), settings);
    const matte = matteOfPixels(widthPx, heightPx, alpha);
    if (!updatesMask) return { matte, mask, change: changeOfTiles(mask, mask) };
    for (let at = 0; at < alpha.length; at++) alpha[at] = (alpha[at] as number) >= 128 ? 255 : 0;
    const updated = tilesOfBitmap({ widthPx, heightPx, data: alpha });
    return { matte, mask: updated, change: changeOfTiles(mask, updated) };
  },
};
