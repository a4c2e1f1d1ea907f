import type { Bitmap } from '../mask/bitmap.ts';

/** The mask at a smaller size: a pixel is inside where at least half of what it covers is. The same size gives the same mask. */
export const shrinkMask = (mask: Bitmap, widthPx: number, heightPx: number): Bitmap => {
  if (mask.widthPx === widthPx && mask.heightPx === heightPx) return mask;
  const data = new Uint8Array(widthPx * heightPx);
  const columnOf = Uint32Array.from({ length: mask.widthPx }, (_, x) => Math.min(widthPx - 1, Math.floor(((x + 0.5) * widthPx) / mask.widthPx)));
  const inside = new Uint32Array(widthPx);
  const covered = new Uint32Array(widthPx);
  let y = 0;
  for (let row = 0; row < heightPx; row++) {
    inside.fill(0);
    covered.fill(0);
    const bottom = Math.max(y + 1, Math.round(((row + 1) * mask.heightPx) / heightPx));
    for (; y < bottom && y < mask.heightPx; y++) {
      const start = y * mask.widthPx;
      for (let x = 0; x < mask.widthPx; x++) {
        const column = columnOf[x] as number;
        covered[column] = (covered[column] as number) + 1;
        inside[column] = (inside[column] as number) + ((mask.data[start + x] as number) >>> 7);
      }
    }
    for (let x = 0; x < widthPx; x++) if ((covered[x] as number) > 0 && 2 * (inside[x] as number) >= (covered[x] as number)) data[row * widthPx + x] = 255;
  }
  return { widthPx, heightPx, data };
};
