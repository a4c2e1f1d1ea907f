import type { Bitmap } from './bitmap.ts';

/** Farther than any pixel of a mask that is accepted; its square is exact in a double. */
const far = 1e12;

/** One line of the transform: squared distance to the nearest parabola's foot (Felzenszwalb and Huttenlocher 2012, algorithm 1). */
const transformLine = (line: Float64Array, length: number, feet: Int32Array, borders: Float64Array, out: Float64Array): void => {
  let last = 0;
  feet[0] = 0;
  borders[0] = -Infinity;
  borders[1] = Infinity;
  for (let x = 1; x < length; x++) {
    let border: number;
    for (;;) {
      const foot = feet[last] as number;
      border = ((line[x] as number) + x * x - ((line[foot] as number) + foot * foot)) / (2 * (x - foot));
      if (border > (borders[last] as number)) break;
      last--;
    }
    last++;
    feet[last] = x;
    borders[last] = border;
    borders[last + 1] = Infinity;
  }
  let at = 0;
  for (let x = 0; x < length; x++) {
    while ((borders[at + 1] as number) < x) at++;
    const foot = feet[at] as number;
    out[x] = (x - foot) ** 2 + (line[foot] as number);
  }
};

/**
 * Squared Euclidean distance, in px, from each pixel's centre to the nearest centre inside the mask; Infinity everywhere when it is empty.
 * Exact; time grows with the number of pixels.
 */
export const squaredDistance = ({ widthPx, heightPx, data }: Bitmap): Float64Array => {
  const distances = new Float64Array(data.length);
  const longest = Math.max(widthPx, heightPx);
  const line = new Float64Array(longest);
  const out = new Float64Array(longest);
  const feet = new Int32Array(longest);
  const borders = new Float64Array(longest + 1);
  for (let x = 0; x < widthPx; x++) {
    for (let y = 0; y < heightPx; y++) line[y] = (data[y * widthPx + x] as number) >= 128 ? 0 : far;
    transformLine(line, heightPx, feet, borders, out);
    for (let y = 0; y < heightPx; y++) distances[y * widthPx + x] = out[y] as number;
  }
  for (let y = 0; y < heightPx; y++) {
    const row = distances.subarray(y * widthPx, (y + 1) * widthPx);
    line.set(row);
    transformLine(line, widthPx, feet, borders, out);
    for (let x = 0; x < widthPx; x++) row[x] = (out[x] as number) >= far ? Infinity : (out[x] as number);
  }
  return distances;
};
