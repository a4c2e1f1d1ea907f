import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import { encodeRle } from '../mask/rleBinary.ts';
import type { RasterJob } from './job.ts';

/** Mask RLE (shared/mask/rleBinary.ts) of a whole mask that is not the one in hand: that has its own (renderer/editor/rleBands.ts). */
export const rleOfMask: RasterJob<{ readonly mask: TileState }, Uint8Array> = {
  run: ({ mask }) => encodeRle(bitmapOfTiles(mask)),
};
