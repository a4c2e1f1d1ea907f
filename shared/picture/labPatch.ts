import type { Rect } from '../mask/rect.ts';
import { oklabOf } from './oklab.ts';
import type { RgbaImage } from './rgbaImage.ts';

/**
 * A part of a photo as OKLab in bytes: lightness, a + 0.5, b + 0.5, each times 255; three bytes a pixel, row-major, the rectangle's width as stride. The distance
 * of two such colours is a level of oklab.ts. Each is the mean of the 3 x 3 around it, as far as they are in the photo: grain is no edge.
 * @param rect imagePx, inside the photo
 */
export const labPatch = ({ widthPx, heightPx, data }: RgbaImage, rect: Rect): Uint8Array => {
  const left = Math.max(0, rect.xPx - 1);
  const top = Math.max(0, rect.yPx - 1);
  const width = Math.min(widthPx, rect.xPx + rect.widthPx + 1) - left;
  const height = Math.min(heightPx, rect.yPx + rect.heightPx + 1) - top;
  const colours = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((top + y) * widthPx + left + x) * 4;
      const { lightness, a, b } = oklabOf(data[from] as number, data[from + 1] as number, data[from + 2] as number);
      const to = (y * width + x) * 3;
      colours[to] = lightness * 255;
      colours[to + 1] = (a + 0.5) * 255;
      colours[to + 2] = (b + 0.5) * 255;
    }
  }
  const patch = new Uint8Array(rect.widthPx * rect.heightPx * 3);
  for (let y = 0; y < rect.heightPx; y++) {
    const firstRow = Math.max(0, rect.yPx + y - 1 - top);
    const lastRow = Math.min(height - 1, rect.yPx + y + 1 - top);
    for (let x = 0; x < rect.widthPx; x++) {
      const first = Math.max(0, rect.xPx + x - 1 - left);
      const last = Math.min(width - 1, rect.xPx + x + 1 - left);
      let [sum0, sum1, sum2] = [0, 0, 0];
      for (let row = firstRow; row <= lastRow; row++) {
        for (let at = (row * width + first) * 3; at <= (row * width + last) * 3; at += 3) {
          sum0 += colours[at] as number;
          sum1 += colours[at + 1] as number;
          sum2 += colours[at + 2] as number;
        }
      }
      const count = (lastRow + 1 - firstRow) * (last + 1 - first);
      const to = (y * rect.widthPx + x) * 3;
      patch[to] = Math.round(sum0 / count);
      patch[to + 1] = Math.round(sum1 / count);
      patch[to + 2] = Math.round(sum2 / count);
    }
  }
  return patch;
};
