import type { Bitmap } from './bitmap.ts';

/** The mask's own pixels that touch what is outside along an edge (4-neighbours); the image's border counts as outside. Non-zero is 255. */
export const boundaryPixels = ({ widthPx, heightPx, data }: Bitmap): Bitmap => {
  const boundary = new Uint8Array(data.length);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = y * widthPx + x;
      if ((data[at] as number) < 128) continue;
      const isEnclosed =
        x > 0 &&
        y > 0 &&
        x < widthPx - 1 &&
        y < heightPx - 1 &&
        (data[at - 1] as number) >= 128 &&
        (data[at + 1] as number) >= 128 &&
        (data[at - widthPx] as number) >= 128 &&
        (data[at + widthPx] as number) >= 128;
      if (!isEnclosed) boundary[at] = 255;
    }
  }
  return { widthPx, heightPx, data: boundary };
};
