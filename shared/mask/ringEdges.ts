import { pointCount, type Ring } from './ring.ts';

/** The sides of rings that cross rows of pixel centres, each from its upper end to its lower one; sorted by the first row that they cross. */
export interface RingEdges {
  readonly count: number;
  /** Upper end, imagePx. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Change of x for each px down. */
  readonly slopes: Float64Array;
  /** Rows whose centres are crossed: from the first to before the end; clipped to the image. */
  readonly firstRows: Int32Array;
  readonly endRows: Int32Array;
  /** +1 where the ring runs down, -1 where it runs up. */
  readonly directions: Int8Array;
}

const assertFinite = (value: number): number => {
  if (!Number.isFinite(value)) throw new RangeError('A ring needs finite coordinates');
  return value;
};

/** The first row whose centre is at or below a height. */
const rowFrom = (yImagePx: number, heightPx: number): number => Math.min(heightPx, Math.max(0, Math.ceil(yImagePx - 0.5)));

/** @throws RangeError for coordinates that are not finite */
export const edgesOf = (rings: readonly Ring[], heightPx: number): RingEdges => {
  const most = rings.reduce((sum, ring) => sum + pointCount(ring), 0);
  const [x, y, slope] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  const [first, end, direction] = [new Int32Array(most), new Int32Array(most), new Int8Array(most)];
  const perRow = new Int32Array(heightPx + 1);
  let found = 0;
  for (const ring of rings) {
    const { length } = ring;
    for (let at = 0; at + 1 < length; at += 2) {
      const next = at + 2 < length ? at + 2 : 0;
      const [ax, ay, bx, by] = [assertFinite(ring[at] as number), assertFinite(ring[at + 1] as number), assertFinite(ring[next] as number), assertFinite(ring[next + 1] as number)];
      const runsDown = ay < by;
      // Always computed from the upper end: two regions that share a side get the same crossings from it.
      const [topX, topY, bottomX, bottomY] = runsDown ? [ax, ay, bx, by] : [bx, by, ax, ay];
      const firstRow = rowFrom(topY, heightPx);
      const endRow = rowFrom(bottomY, heightPx);
      if (firstRow >= endRow) continue;
      x[found] = topX;
      y[found] = topY;
      slope[found] = (bottomX - topX) / (bottomY - topY);
      first[found] = firstRow;
      end[found] = endRow;
      direction[found] = runsDown ? 1 : -1;
      perRow[firstRow + 1] = (perRow[firstRow + 1] as number) + 1;
      found++;
    }
  }
  for (let row = 0; row < heightPx; row++) perRow[row + 1] = (perRow[row + 1] as number) + (perRow[row] as number);
  const edges = {
    count: found,
    xs: new Float64Array(found),
    ys: new Float64Array(found),
    slopes: new Float64Array(found),
    firstRows: new Int32Array(found),
    endRows: new Int32Array(found),
    directions: new Int8Array(found),
  };
  for (let edge = 0; edge < found; edge++) {
    const row = first[edge] as number;
    const place = perRow[row] as number;
    perRow[row] = place + 1;
    edges.xs[place] = x[edge] as number;
    edges.ys[place] = y[edge] as number;
    edges.slopes[place] = slope[edge] as number;
    edges.firstRows[place] = row;
    edges.endRows[place] = end[edge] as number;
    edges.directions[place] = direction[edge] as number;
  }
  return edges;
};
