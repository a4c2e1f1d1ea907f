import type { Bitmap } from './bitmap.ts';
import { rectOfEdges, type Rect } from './rect.ts';

/** 4: pixels touch along edges · 8: corners count too. */
export type Connectivity = 4 | 8;

export interface Component {
  /** 1, 2, ... in the order in which their first pixels come, row by row. */
  readonly label: number;
  readonly areaPx: number;
  readonly box: Rect;
}

export interface Components {
  readonly components: readonly Component[];
  /** The label of each pixel, 0 outside; row-major. */
  readonly labels: Uint32Array;
}

/** A run of inside pixels in a row, [start, end), and the set that it belongs to. */
interface Runs {
  readonly rows: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly count: number;
}

const findRuns = ({ widthPx, heightPx, data }: Bitmap): Runs => {
  const rows: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx;
    let x = 0;
    while (x < widthPx) {
      while (x < widthPx && (data[row + x] as number) < 128) x++;
      if (x === widthPx) break;
      const start = x;
      while (x < widthPx && (data[row + x] as number) >= 128) x++;
      rows.push(y);
      starts.push(start);
      ends.push(x);
    }
  }
  return { rows: Uint32Array.from(rows), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), count: rows.length };
};

/** Union-find over runs with path halving; a set is named by its earliest run. */
const joinRuns = ({ rows, starts, ends, count }: Runs, connectivity: Connectivity): Uint32Array => {
  const parents = Uint32Array.from({ length: count }, (_, run) => run);
  const rootOf = (run: number): number => {
    let at = run;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number;
      at = parents[at] as number;
    }
    return at;
  };
  const reach = connectivity === 8 ? 1 : 0;
  let above = 0;
  for (let run = 0; run < count; run++) {
    const row = rows[run] as number;
    // Both rows are read in order: what ends left of this run cannot touch a later one.
    while (above < run && ((rows[above] as number) + 1 < row || ((rows[above] as number) + 1 === row && (ends[above] as number) + reach <= (starts[run] as number)))) above++;
    for (let other = above; other < run && (rows[other] as number) + 1 === row && (starts[other] as number) < (ends[run] as number) + reach; other++) {
      const a = rootOf(run);
      const b = rootOf(other);
      if (a < b) parents[b] = a;
      else parents[a] = b;
    }
  }
  for (let run = 0; run < count; run++) parents[run] = rootOf(run);
  return parents;
};

/** The connected pieces of a mask with their sizes and places. Works on runs: a 24 MP product mask takes some tens of milliseconds. */
export const findComponents = (bitmap: Bitmap, connectivity: Connectivity = 8): Components => {
  const runs = findRuns(bitmap);
  const roots = joinRuns(runs, connectivity);
  const labels = new Uint32Array(bitmap.data.length);
  const labelOfRoot = new Map<number, number>();
  const found: { areaPx: number; left: number; top: number; right: number; bottom: number }[] = [];
  for (let run = 0; run < runs.count; run++) {
    const [y, start, end, root] = [runs.rows[run] as number, runs.starts[run] as number, runs.ends[run] as number, roots[run] as number];
    let label = labelOfRoot.get(root);
    if (label === undefined) {
      found.push({ areaPx: 0, left: start, top: y, right: end, bottom: y + 1 });
      label = found.length;
      labelOfRoot.set(root, label);
    }
    labels.fill(label, y * bitmap.widthPx + start, y * bitmap.widthPx + end);
    const piece = found[label - 1];
    if (piece === undefined) continue;
    piece.areaPx += end - start;
    piece.left = Math.min(piece.left, start);
    piece.right = Math.max(piece.right, end);
    piece.bottom = y + 1;
  }
  const components = found.map(({ areaPx, left, top, right, bottom }, index) => ({
    label: index + 1,
    areaPx,
    box: rectOfEdges(left, top, right, bottom),
  }));
  return { components, labels };
};
