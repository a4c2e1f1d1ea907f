import type { Bitmap } from './bitmap.ts';
import { changeNearEdges } from './nearEdges.ts';

/** How often a box is averaged: three times is close to a Gaussian (Kovesi 2010, "Fast almost-Gaussian filtering"). */
const rounds = 3;
export const maxSmoothPx = 250;
/** Rounding in 32 bits: what is nearer to one half than this is at one half. */
const tie = 1e-4;

/** One box of `2 * halfPx + 1` along rows; beyond the border the last value goes on. */
const averageRows = (values: Float32Array, line: Float32Array, widthPx: number, heightPx: number, halfPx: number): void => {
  for (let y = 0; y < heightPx; y++) {
    const row = values.subarray(y * widthPx, (y + 1) * widthPx);
    for (let round = 0; round < rounds; round++) {
      line.set(row);
      const first = line[0] as number;
      const last = line[widthPx - 1] as number;
      let sum = first * halfPx;
      for (let x = 0; x <= halfPx; x++) sum += x < widthPx ? (line[x] as number) : last;
      for (let x = 0; x < widthPx; x++) {
        row[x] = sum;
        sum += (x + halfPx + 1 < widthPx ? (line[x + halfPx + 1] as number) : last) - (x - halfPx >= 0 ? (line[x - halfPx] as number) : first);
      }
      const scale = 1 / (2 * halfPx + 1);
      for (let x = 0; x < widthPx; x++) row[x] = (row[x] as number) * scale;
    }
  }
};

/** The same along columns, a whole row of sums at a time: memory is read in its order. */
const averageColumns = (values: Float32Array, widthPx: number, heightPx: number, halfPx: number): void => {
  const kept = new Float32Array((halfPx + 1) * widthPx);
  const sums = new Float64Array(widthPx);
  const rowAt = (y: number): Float32Array => values.subarray(y * widthPx, (y + 1) * widthPx);
  const scale = 1 / (2 * halfPx + 1);
  for (let round = 0; round < rounds; round++) {
    const first = rowAt(0).slice();
    const last = rowAt(heightPx - 1).slice();
    for (let x = 0; x < widthPx; x++) sums[x] = (first[x] as number) * halfPx;
    for (let y = 0; y <= halfPx; y++) {
      const row = y < heightPx ? rowAt(y) : last;
      for (let x = 0; x < widthPx; x++) sums[x] = (sums[x] as number) + (row[x] as number);
    }
    for (let y = 0; y < heightPx; y++) {
      const row = rowAt(y);
      // What leaves the box has been overwritten with its average by then.
      const slot = (y % (halfPx + 1)) * widthPx;
      const entering = y + halfPx + 1 < heightPx ? rowAt(y + halfPx + 1) : last;
      const leavingSlot = ((y - halfPx + (halfPx + 1)) % (halfPx + 1)) * widthPx;
      const hasLeaving = y - halfPx >= 0;
      kept.set(row, slot);
      for (let x = 0; x < widthPx; x++) {
        const sum = sums[x] as number;
        row[x] = sum * scale;
        sums[x] = sum + (entering[x] as number) - (hasLeaving ? (kept[leavingSlot + x] as number) : (first[x] as number));
      }
    }
  }
};

/** By index: `from` with a function takes ten times as long. */
const signsOf = ({ data }: Bitmap): Float32Array => {
  const signs = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) signs[at] = data[at] === 0 ? -1 : 1;
  return signs;
};

/**
 * A calmer edge: the mask is blurred (a Gaussian's standard deviation of about `radiusPx`, 0.5 px and more) and cut at one half, so that bumps go and
 * notches fill alike and straight edges stay. A pixel that is exactly at one half stays what it was. At the image's border the mask goes on as it ends
 * there. Inside and outside are treated alike: smoothing the inverse gives the inverse.
 * @throws RangeError for a radius below 0 or above {@link maxSmoothPx}
 */
export const smooth = (bitmap: Bitmap, radiusPx: number): Bitmap => {
  if (!(radiusPx >= 0 && radiusPx <= maxSmoothPx)) throw new RangeError(`Smoothing by ${radiusPx} px: from 0 to ${maxSmoothPx} are possible`);
  // Three boxes of half-width h have the variance h (h + 1).
  const halfPx = Math.round((Math.sqrt(1 + 4 * radiusPx * radiusPx) - 1) / 2);
  if (halfPx === 0) return bitmap;
  return changeNearEdges(bitmap, rounds * halfPx, (part) => {
    const values = signsOf(part);
    averageRows(values, new Float32Array(part.widthPx), part.widthPx, part.heightPx, halfPx);
    averageColumns(values, part.widthPx, part.heightPx, halfPx);
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as number;
      if (value > tie) part.data[at] = 255;
      else if (value < -tie) part.data[at] = 0;
    }
    return part;
  });
};
