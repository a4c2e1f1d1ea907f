import sharp from 'sharp';
import { BugError } from '../../shared/errors/errors.ts';

/** Cubic (Catmull-Rom) resampling with pixel centres kept in place; overshoot is cut at 0 and 255. */
export const resizeGrey = async (
  data: Uint8Array,
  fromWidthPx: number,
  fromHeightPx: number,
  toWidthPx: number,
  toHeightPx: number,
): Promise<Uint8Array> => {
  if (data.length !== fromWidthPx * fromHeightPx) throw new BugError(`${data.length} bytes are no ${fromWidthPx} x ${fromHeightPx} map`);
  return sharp(data, { raw: { width: fromWidthPx, height: fromHeightPx, channels: 1 }, limitInputPixels: false })
    .resize(toWidthPx, toHeightPx, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
};
