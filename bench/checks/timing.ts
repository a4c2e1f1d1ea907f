import { checkPixels } from '../../shared/checks/checkMask.ts';
import { workSize } from '../../shared/checks/photo.ts';
import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import type { Picture } from './pictures.ts';

const enlarged = (mask: Bitmap, widthPx: number, heightPx: number): Bitmap => {
  const large = emptyBitmap(widthPx, heightPx);
  for (let y = 0; y < heightPx; y++) {
    const row = Math.floor((y * mask.heightPx) / heightPx) * mask.widthPx;
    for (let x = 0; x < widthPx; x++) large.data[y * widthPx + x] = mask.data[row + Math.floor((x * mask.widthPx) / widthPx)] as number;
  }
  return large;
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Median milliseconds of the checks' thread on masks enlarged to a size, and the longest. */
export const timeChecks = async (pictures: readonly Picture[], widthPx: number, heightPx: number, codec: ImageCodec): Promise<{ readonly medianMs: number; readonly longestMs: number }> => {
  const size = workSize(widthPx, heightPx);
  const times: number[] = [];
  for (const { photo, truth } of pictures) {
    const mask = enlarged(truth, widthPx, heightPx);
    const rgb = await codec.rgbAt(photo, size.widthPx, size.heightPx);
    const startedMs = performance.now();
    checkPixels(mask, rgb);
    times.push(performance.now() - startedMs);
  }
  return { medianMs: median(times), longestMs: Math.max(...times) };
};
