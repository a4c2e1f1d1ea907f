/**
 * Mean over a square of `2 * halfPx + 1`, cut off at the borders (fewer values count there). A running sum: time does not grow with the radius.
 * @param scratch of the same length; its content is lost
 */
export const boxMean = (values: Float32Array, widthPx: number, heightPx: number, halfPx: number, scratch: Float32Array): void => {
  for (let y = 0; y < heightPx; y++) {
    const start = y * widthPx;
    let sum = 0;
    for (let x = 0; x < Math.min(halfPx, widthPx); x++) sum += values[start + x] as number;
    for (let x = 0; x < widthPx; x++) {
      if (x + halfPx < widthPx) sum += values[start + x + halfPx] as number;
      if (x - halfPx - 1 >= 0) sum -= values[start + x - halfPx - 1] as number;
      scratch[start + x] = sum / (Math.min(widthPx - 1, x + halfPx) - Math.max(0, x - halfPx) + 1);
    }
  }
  const sums = new Float64Array(widthPx);
  const add = (y: number, sign: number): void => {
    for (let x = 0, at = y * widthPx; x < widthPx; x++, at++) sums[x] = (sums[x] as number) + sign * (scratch[at] as number);
  };
  for (let y = 0; y < Math.min(halfPx, heightPx); y++) add(y, 1);
  for (let y = 0; y < heightPx; y++) {
    if (y + halfPx < heightPx) add(y + halfPx, 1);
    if (y - halfPx - 1 >= 0) add(y - halfPx - 1, -1);
    const share = 1 / (Math.min(heightPx - 1, y + halfPx) - Math.max(0, y - halfPx) + 1);
    for (let x = 0, at = y * widthPx; x < widthPx; x++, at++) values[at] = (sums[x] as number) * share;
  }
};
