import type { Bitmap } from './bitmap.ts';

/**
 * The borders between inside and outside pixels, exactly on pixel edges, as straight segments: x1, y1, x2, y2 each, in pixel corners (pixel
 * (i, j) has the corners i..i+1, j..j+1). What is beyond the bitmap counts as outside. Neighbouring edges on a line are one segment.
 */
export const outlineSegments = ({ widthPx, heightPx, data }: Bitmap): Int32Array => {
  let segments = new Int32Array(1024);
  let length = 0;
  const add = (x1: number, y1: number, x2: number, y2: number): void => {
    if (length + 4 > segments.length) {
      const larger = new Int32Array(segments.length * 2);
      larger.set(segments);
      segments = larger;
    }
    segments[length++] = x1;
    segments[length++] = y1;
    segments[length++] = x2;
    segments[length++] = y2;
  };
  // Edges along rows: between row y - 1 and row y.
  for (let y = 0; y <= heightPx; y++) {
    let start = -1;
    for (let x = 0; x < widthPx; x++) {
      const above = y === 0 ? 0 : (data[(y - 1) * widthPx + x] as number) >>> 7;
      const below = y === heightPx ? 0 : (data[y * widthPx + x] as number) >>> 7;
      if (above !== below) {
        if (start === -1) start = x;
      } else if (start !== -1) {
        add(start, y, x, y);
        start = -1;
      }
    }
    if (start !== -1) add(start, y, widthPx, y);
  }
  // Edges along columns: where the column began is kept for each, so that the bitmap is read row by row.
  const starts = new Int32Array(widthPx + 1).fill(-1);
  for (let y = 0; y <= heightPx; y++) {
    let left = 0;
    for (let x = 0; x <= widthPx; x++) {
      const right = x === widthPx || y === heightPx ? 0 : (data[y * widthPx + x] as number) >>> 7;
      const start = starts[x] as number;
      if (left !== right) {
        if (start === -1) starts[x] = y;
      } else if (start !== -1) {
        add(x, start, x, y);
        starts[x] = -1;
      }
      left = right;
    }
  }
  return segments.slice(0, length);
};
