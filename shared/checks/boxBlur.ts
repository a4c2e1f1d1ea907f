/**
 * Mean over a square of `2 * radiusPx + 1`, cut off at the borders (fewer pixels count there); row by row, then column by column. Three in a row
 * are close to a Gaussian.
 */
export const boxBlur = (values: Float32Array, widthPx: number, heightPx: number, radiusPx: number): Float32Array => {
  const across = new Float32Array(values.length);
  for (let y = 0; y < heightPx; y++) blurLine(values, across, y * widthPx, 1, widthPx, radiusPx);
  const down = new Float32Array(values.length);
  for (let x = 0; x < widthPx; x++) blurLine(across, down, x, widthPx, heightPx, radiusPx);
  return down;
};

const blurLine = (from: Float32Array, to: Float32Array, start: number, step: number, length: number, radiusPx: number): void => {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < Math.min(radiusPx, length); at++) {
    sum += from[start + at * step] as number;
    count++;
  }
  for (let at = 0; at < length; at++) {
    const entering = at + radiusPx;
    if (entering < length) {
      sum += from[start + entering * step] as number;
      count++;
    }
    const leaving = at - radiusPx - 1;
    if (leaving >= 0) {
      sum -= from[start + leaving * step] as number;
      count--;
    }
    to[start + at * step] = sum / count;
  }
};
