import type { RgbaImage } from './rgbaImage.ts';

/** A photo's brightness on fewer pixels: what two photos are compared by. */
export interface ReducedGrey {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 0..255, row-major. */
  readonly data: Float32Array;
  /** imagePx per pixel of it. */
  readonly reduction: number;
}

/** Mean Rec. 709 brightness of blocks, so that the longer side has at most `sidePx`. */
export const reducedGrey = ({ widthPx, heightPx, data }: RgbaImage, sidePx: number): ReducedGrey => {
  const reduction = Math.max(1, Math.max(widthPx, heightPx) / sidePx);
  const width = Math.max(1, Math.floor(widthPx / reduction));
  const height = Math.max(1, Math.floor(heightPx / reduction));
  const grey = new Float32Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const top = Math.floor(y * reduction);
    const bottom = Math.max(top + 1, Math.floor((y + 1) * reduction));
    for (let x = 0; x < width; x++, at++) {
      const left = Math.floor(x * reduction);
      const right = Math.max(left + 1, Math.floor((x + 1) * reduction));
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let from = (row * widthPx + left) * 4, end = (row * widthPx + right) * 4; from < end; from += 4) {
          sum += 0.2126 * (data[from] as number) + 0.7152 * (data[from + 1] as number) + 0.0722 * (data[from + 2] as number);
        }
      }
      grey[at] = sum / ((bottom - top) * (right - left));
    }
  }
  return { widthPx: width, heightPx: height, data: grey, reduction };
};

/** Half as large. */
export const halfGrey = ({ widthPx, heightPx, data, reduction }: ReducedGrey): ReducedGrey => {
  const width = Math.max(1, widthPx >> 1);
  const height = Math.max(1, heightPx >> 1);
  const half = new Float32Array(width * height);
  const valueAt = (x: number, y: number): number => data[Math.min(heightPx - 1, y) * widthPx + Math.min(widthPx - 1, x)] as number;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) half[at] = (valueAt(2 * x, 2 * y) + valueAt(2 * x + 1, 2 * y) + valueAt(2 * x, 2 * y + 1) + valueAt(2 * x + 1, 2 * y + 1)) / 4;
  }
  return { widthPx: width, heightPx: height, data: half, reduction: reduction * 2 };
};
