import sharp from 'sharp';
import { BugError } from '../../shared/errors/errors.ts';
import { enlarge } from './enlarge.ts';

/** Cubic (Catmull-Rom) resampling with pixel centres kept in place; overshoot is cut at 0 and 255. */
export const resizeGrey = async (
  data: Uint8Array,
  fromWidthPx: number,
  fromHeightPx: number,
  toWidthPx: number,
  toHeightPx: number,
): Promise<Uint8Array> => {
  if (data.length !== fromWidthPx * fromHeightPx) throw new BugError(`${data.length} bytes are no ${fromWidthPx} x ${fromHeightPx} map`);
  const widthPx = Math.min(fromWidthPx, toWidthPx);
  const heightPx = Math.min(fromHeightPx, toHeightPx);
  const isShrunk = widthPx < fromWidthPx || heightPx < fromHeightPx;
  const shrunk = !isShrunk
    ? data
    : await sharp(data, { raw: { width: fromWidthPx, height: fromHeightPx, channels: 1 }, limitInputPixels: false })
        .resize(widthPx, heightPx, { fit: 'fill', kernel: 'cubic' })
        .toColourspace('b-w')
        .raw()
        .toBuffer();
  if (widthPx === toWidthPx && heightPx === toHeightPx) return shrunk;
  return enlarge({ widthPx, heightPx, channels: 1, data: shrunk }, toWidthPx, toHeightPx, 'cubic');
};
