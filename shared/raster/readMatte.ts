import { decodeMatte, type Matte } from '../edits/matte.ts';
import type { RasterJob } from './job.ts';

/** A matte from its bytes, each tile looked through. @throws RangeError when they are not one */
export const readMatte: RasterJob<{ readonly bytes: Uint8Array }, Matte> = {
  run: ({ bytes }) => decodeMatte(bytes),
};
