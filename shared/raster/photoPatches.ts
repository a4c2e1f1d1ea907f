import { tileCount, tileGrid, tileRect } from '../edits/tileGrid.ts';
import { labPatch } from '../picture/labPatch.ts';
import type { RasterJob } from './job.ts';

/** Colours of one tile of the photo (shared/edits/tileGrid.ts), see labPatch.ts. */
export interface PhotoPatch {
  readonly index: number;
  readonly lab: Uint8Array;
}

/** Parts of the photo for tools that need its colours at once, under the pointer. Indices beyond the photo are left out. */
export const photoPatches: RasterJob<{ readonly indices: readonly number[] }, readonly PhotoPatch[]> = {
  run: async ({ indices }, context) => {
    const photo = await context.photo();
    const grid = tileGrid(photo.widthPx, photo.heightPx);
    return indices.filter((index) => index >= 0 && index < tileCount(grid)).map((index) => ({ index, lab: labPatch(photo, tileRect(grid, index)) }));
  },
};
