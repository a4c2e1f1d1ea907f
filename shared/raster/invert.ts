import { tilesOfBitmap } from '../edits/tilesOfBitmap.ts';
import type { TileState } from '../edits/tileState.ts';
import { decodeRle } from '../mask/rleBinary.ts';
import type { RasterJob } from './job.ts';

/** What was inside is outside, and the other way round. */
export const invert: RasterJob<{ readonly maskRle: Uint8Array }, TileState> = {
  run: ({ maskRle }) => {
    const mask = decodeRle(maskRle);
    for (let index = 0; index < mask.data.length; index++) mask.data[index] = 255 - (mask.data[index] as number);
    return tilesOfBitmap(mask);
  },
};
