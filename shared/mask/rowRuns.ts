import { emptyBitmap, type Bitmap } from './bitmap.ts';

/**
 * A region as runs of pixels in rows: row `top + i` has the runs `offsets[i]` to before `offsets[i + 1]`, run r covers the pixels from
 * `runs[2 r]` to before `runs[2 r + 1]`, imagePx, left to right, never touching each other.
 */
export interface RowRuns {
  readonly top: number;
  readonly offsets: Int32Array;
  readonly runs: Int32Array;
}

export const rowCount = ({ offsets }: RowRuns): number => offsets.length - 1;

/** Pixels in all runs. */
export const runsAreaPx = ({ runs }: RowRuns): number => {
  let area = 0;
  for (let at = 0; at < runs.length; at += 2) area += (runs[at + 1] as number) - (runs[at] as number);
  return area;
};

/** @param region inside the image */
export const bitmapOfRuns = (region: RowRuns, widthPx: number, heightPx: number): Bitmap => {
  const bitmap = emptyBitmap(widthPx, heightPx);
  for (let row = 0; row < rowCount(region); row++) {
    const start = (region.top + row) * widthPx;
    for (let run = region.offsets[row] as number; run < (region.offsets[row + 1] as number); run++) {
      bitmap.data.fill(255, start + (region.runs[2 * run] as number), start + (region.runs[2 * run + 1] as number));
    }
  }
  return bitmap;
};
