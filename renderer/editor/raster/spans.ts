import { maxBrushSizePx } from '../../stores/toolSettings.ts';

/**
 * A shape as one run of whole pixels a row: row `top + i` is covered from `starts[i]` to before `ends[i]` (empty where start >= end).
 * Enough for everything that a brush sweeps, which is convex. Reused from call to call: painting allocates nothing.
 */
export interface Spans {
  /** First row, imagePx, and the row after the last. */
  top: number;
  bottom: number;
  starts: Int32Array;
  ends: Int32Array;
}

export const createSpans = (): Spans => ({
  top: 0,
  bottom: 0,
  starts: new Int32Array(2 * maxBrushSizePx),
  ends: new Int32Array(2 * maxBrushSizePx),
});

/** Makes room for the rows and empties them. */
export const resetSpans = (spans: Spans, top: number, bottom: number): void => {
  const rows = Math.max(0, bottom - top);
  if (rows > spans.starts.length) {
    spans.starts = new Int32Array(rows * 2);
    spans.ends = new Int32Array(rows * 2);
  }
  spans.top = top;
  spans.bottom = top + rows;
  spans.starts.fill(0x7fffffff, 0, rows);
  spans.ends.fill(-0x80000000, 0, rows);
};
