import { rowCount, type RowRuns } from './rowRuns.ts';

/** What is in one region and not in the other. Time grows with their runs. */
export const differenceRuns = (from: RowRuns, taken: RowRuns): RowRuns => {
  const runs: number[] = [];
  const offsets = new Int32Array(rowCount(from) + 1);
  for (let row = 0; row < rowCount(from); row++) {
    const takenRow = from.top + row - taken.top;
    const isBeside = takenRow < 0 || takenRow >= rowCount(taken);
    let other = isBeside ? 0 : (taken.offsets[takenRow] as number);
    const otherEnd = isBeside ? 0 : (taken.offsets[takenRow + 1] as number);
    for (let run = from.offsets[row] as number; run < (from.offsets[row + 1] as number); run++) {
      let start = from.runs[2 * run] as number;
      const end = from.runs[2 * run + 1] as number;
      while (other < otherEnd && (taken.runs[2 * other + 1] as number) <= start) other++;
      for (let cut = other; cut < otherEnd && (taken.runs[2 * cut] as number) < end; cut++) {
        if ((taken.runs[2 * cut] as number) > start) runs.push(start, taken.runs[2 * cut] as number);
        start = Math.max(start, taken.runs[2 * cut + 1] as number);
      }
      if (start < end) runs.push(start, end);
    }
    offsets[row + 1] = runs.length / 2;
  }
  return { top: from.top, offsets, runs: Int32Array.from(runs) };
};
