import { followMask, type Matte } from '../edits/matte.ts';
import type { TileState } from '../edits/tileState.ts';
import type { RasterJob } from './job.ts';

/** A matte as it is shown beside a mask that has changed since it was made: hard where that was painted. */
export const followMatte: RasterJob<{ readonly matte: Matte; readonly made: TileState; readonly now: TileState }, Matte> = {
  run: ({ matte, made, now }) => followMask(matte, made, now),
};
