import type { RgbImage } from '../../../shared/ports/imageCodec.ts';
import { guidedCoefficients } from '../../../shared/picture/guidedFilter.ts';

interface FloatMap {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Float32Array;
}

/** Bilinear with pixel centres kept in place; at the border the last value goes on. */
const enlarged = ({ widthPx, heightPx, data }: FloatMap, toWidthPx: number, toHeightPx: number): Float32Array => {
  const out = new Float32Array(toWidthPx * toHeightPx);
  const place = (index: number, from: number, to: number): { readonly low: number; readonly high: number; readonly share: number } => {
    const at = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    const low = Math.floor(at);
    return { low, high: Math.min(from - 1, low + 1), share: at - low };
  };
  const columns = Array.from({ length: toWidthPx }, (_, x) => place(x, widthPx, toWidthPx));
  for (let y = 0, at = 0; y < toHeightPx; y++) {
    const row = place(y, heightPx, toHeightPx);
    const [upper, lower] = [row.low * widthPx, row.high * widthPx];
    for (let x = 0; x < toWidthPx; x++, at++) {
      const { low, high, share } = columns[x] as { low: number; high: number; share: number };
      const above = (data[upper + low] as number) * (1 - share) + (data[upper + high] as number) * share;
      const below = (data[lower + low] as number) * (1 - share) + (data[lower + high] as number) * share;
      out[at] = above * (1 - row.share) + below * row.share;
    }
  }
  return out;
};

const planesOf = ({ data }: RgbImage): readonly [Float32Array, Float32Array, Float32Array] => {
  const count = data.length / 3;
  const planes = [new Float32Array(count), new Float32Array(count), new Float32Array(count)] as const;
  for (let at = 0, from = 0; at < count; at++, from += 3) {
    planes[0][at] = (data[from] as number) / 255;
    planes[1][at] = (data[from + 1] as number) / 255;
    planes[2][at] = (data[from + 2] as number) / 255;
  }
  return planes;
};

/** Windows reach as far as the small map is unsure: two of its pixels to each side. */
const windowInMapPx = 2;
const epsilon = 1e-3;

/**
 * A small map of probabilities at a picture's size, its edges drawn to those of the picture: a guided filter whose coefficients are worked out at half the
 * picture's size and used on all of it (shared/picture/guidedFilter.ts).
 * @param picture at the size that is wanted @param half the same picture at half its size
 * @returns probabilities 0..1 at the picture's size
 */
export const sharpen = (map: FloatMap, picture: RgbImage, half: RgbImage): Float32Array => {
  const [red, green, blue] = planesOf(half);
  const input = enlarged(map, half.widthPx, half.heightPx);
  const halfPx = Math.max(1, Math.round((windowInMapPx * half.widthPx) / map.widthPx));
  const found = guidedCoefficients({ widthPx: half.widthPx, heightPx: half.heightPx, red, green, blue, input }, halfPx, epsilon);
  const whole = (data: Float32Array): Float32Array => enlarged({ widthPx: half.widthPx, heightPx: half.heightPx, data }, picture.widthPx, picture.heightPx);
  const [forRed, forGreen, forBlue, constant] = [whole(found.red), whole(found.green), whole(found.blue), whole(found.constant)];
  const { data } = picture;
  const out = constant;
  for (let at = 0, from = 0; at < out.length; at++, from += 3) {
    const value =
      ((forRed[at] as number) * (data[from] as number) + (forGreen[at] as number) * (data[from + 1] as number) + (forBlue[at] as number) * (data[from + 2] as number)) / 255 + (constant[at] as number);
    out[at] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
  return out;
};
