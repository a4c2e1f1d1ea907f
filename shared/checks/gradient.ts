import type { Photo } from './photo.ts';
import { boxBlur } from './boxBlur.ts';

/**
 * How fast colours change at each pixel, in 8-bit steps a pixel: Sobel's magnitude on each of the three channels after a 3 x 3 mean against
 * noise, the largest of the three. A step edge of contrast c comes out as about c / 3.
 */
export const gradientOf = ({ widthPx, heightPx, data }: Photo): Float32Array => {
  const strongest = new Float32Array(widthPx * heightPx);
  const channel = new Float32Array(widthPx * heightPx);
  for (let offset = 0; offset < 3; offset++) {
    for (let at = 0; at < channel.length; at++) channel[at] = data[at * 3 + offset] as number;
    const smooth = boxBlur(channel, widthPx, heightPx, 1);
    for (let y = 0; y < heightPx; y++) {
      const above = Math.max(0, y - 1) * widthPx;
      const here = y * widthPx;
      const below = Math.min(heightPx - 1, y + 1) * widthPx;
      for (let x = 0; x < widthPx; x++) {
        const left = Math.max(0, x - 1);
        const right = Math.min(widthPx - 1, x + 1);
        const a = smooth[above + left] as number;
        const c = smooth[above + right] as number;
        const g = smooth[below + left] as number;
        const i = smooth[below + right] as number;
        const dx = c + 2 * (smooth[here + right] as number) + i - a - 2 * (smooth[here + left] as number) - g;
        const dy = g + 2 * (smooth[below + x] as number) + i - a - 2 * (smooth[above + x] as number) - c;
        const magnitude = Math.sqrt(dx * dx + dy * dy) / 8;
        if (magnitude > (strongest[here + x] as number)) strongest[here + x] = magnitude;
      }
    }
  }
  return strongest;
};
