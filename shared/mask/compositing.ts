import type { Bitmap } from './bitmap.ts';

/** @throws RangeError for masks of different sizes: they are of different images */
const combine = (a: Bitmap, b: Bitmap, pixel: (a: number, b: number) => number): Bitmap => {
  if (a.widthPx !== b.widthPx || a.heightPx !== b.heightPx) {
    throw new RangeError(`Masks of ${a.widthPx} x ${a.heightPx} and ${b.widthPx} x ${b.heightPx} px cannot be combined`);
  }
  const data = new Uint8Array(a.data.length);
  for (let index = 0; index < data.length; index++) data[index] = pixel(a.data[index] as number, b.data[index] as number);
  return { widthPx: a.widthPx, heightPx: a.heightPx, data };
};

/** Inside either. */
export const unite = (a: Bitmap, b: Bitmap): Bitmap => combine(a, b, (left, right) => left | right);

/** Inside both. */
export const intersect = (a: Bitmap, b: Bitmap): Bitmap => combine(a, b, (left, right) => left & right);

/** Inside `from` and not inside `taken`: foreground minus people. */
export const subtract = (from: Bitmap, taken: Bitmap): Bitmap => combine(from, taken, (left, right) => left & ~right & 255);

/** Inside where `mask` is outside. */
export const invert = ({ widthPx, heightPx, data }: Bitmap): Bitmap => ({ widthPx, heightPx, data: data.map((value) => 255 - value) });
