import type { Bitmap } from './bitmap.ts';
import type { Ring } from './ring.ts';
import { edgesOf, type RingEdges } from './ringEdges.ts';
import { bitmapOfRuns, type RowRuns } from './rowRuns.ts';

/** evenOdd: a place is inside when a ray crosses the rings an odd number of times, so that rings in rings are holes · nonZero: when they wind around it. */
export type FillRule = 'evenOdd' | 'nonZero';

/** More crossings that are new in a row than this are sorted, fewer slid into place. */
const fewNew = 24;

/** Grows as runs come. */
class RunList {
  #runs = new Int32Array(1024);
  #length = 0;
  /** Where the present row's runs begin. */
  #rowStart = 0;

  get runCount(): number {
    return this.#length >>> 1;
  }

  beginRow(): void {
    this.#rowStart = this.#length;
  }

  /** Runs of a row come left to right; one that touches the one before continues it. */
  add(start: number, end: number): void {
    if (start >= end) return;
    if (this.#length > this.#rowStart && (this.#runs[this.#length - 1] as number) >= start) {
      this.#runs[this.#length - 1] = Math.max(end, this.#runs[this.#length - 1] as number);
      return;
    }
    if (this.#length + 2 > this.#runs.length) {
      const larger = new Int32Array(this.#runs.length * 2);
      larger.set(this.#runs);
      this.#runs = larger;
    }
    this.#runs[this.#length++] = start;
    this.#runs[this.#length++] = end;
  }

  finish(): Int32Array {
    return this.#runs.slice(0, this.#length);
  }
}

/** The edges that cross the row in hand, by ascending crossing. */
class ActiveEdges {
  readonly #edges: RingEdges;
  readonly #active: Int32Array;
  readonly #crossings: Float64Array;
  #count = 0;
  #next = 0;

  constructor(edges: RingEdges) {
    this.#edges = edges;
    this.#active = new Int32Array(edges.count);
    this.#crossings = new Float64Array(edges.count);
  }

  moveTo(row: number): void {
    const { xs, ys, slopes, firstRows, endRows, count } = this.#edges;
    const active = this.#active;
    let kept = 0;
    for (let at = 0; at < this.#count; at++) {
      const edge = active[at] as number;
      if ((endRows[edge] as number) > row) active[kept++] = edge;
    }
    const known = kept;
    while (this.#next < count && (firstRows[this.#next] as number) <= row) active[kept++] = this.#next++;
    this.#count = kept;
    const centre = row + 0.5;
    for (let at = 0; at < kept; at++) {
      const edge = active[at] as number;
      this.#crossings[edge] = (xs[edge] as number) + (centre - (ys[edge] as number)) * (slopes[edge] as number);
    }
    if (kept - known > fewNew) active.subarray(0, kept).sort((a, b) => (this.#crossings[a] as number) - (this.#crossings[b] as number));
    else this.#slide(kept);
  }

  /** From row to row the order hardly changes. */
  #slide(count: number): void {
    const active = this.#active;
    for (let at = 1; at < count; at++) {
      const edge = active[at] as number;
      const crossing = this.#crossings[edge] as number;
      let place = at;
      while (place > 0 && (this.#crossings[active[place - 1] as number] as number) > crossing) {
        active[place] = active[place - 1] as number;
        place--;
      }
      active[place] = edge;
    }
  }

  /** The runs of pixels whose centres lie between crossings: a centre on a crossing belongs to what is right of it. */
  addRuns(list: RunList, rule: FillRule, widthPx: number): void {
    let winding = 0;
    let start = 0;
    for (let at = 0; at < this.#count; at++) {
      const edge = this.#active[at] as number;
      const pixel = Math.min(widthPx, Math.max(0, Math.ceil((this.#crossings[edge] as number) - 0.5)));
      const before = winding;
      winding = rule === 'evenOdd' ? winding ^ 1 : winding + (this.#edges.directions[edge] as number);
      if (before === 0) start = pixel;
      else if (winding === 0) list.add(start, pixel);
    }
  }
}

/**
 * The pixels of an image that rings enclose. A pixel is inside when its centre is; a centre exactly on a side belongs to what is right of it or
 * below, so that regions which share a side neither overlap nor leave a gap. Rings on pixel corners (ringsOfMask.ts) give their pixels exactly.
 * Rings may leave the image, cross themselves and each other. Time grows with the rows that the sides cross.
 * @throws RangeError for coordinates that are not finite
 */
export const polygonRuns = (rings: readonly Ring[], widthPx: number, heightPx: number, rule: FillRule = 'evenOdd'): RowRuns => {
  const edges = edgesOf(rings, heightPx);
  let bottom = 0;
  for (let edge = 0; edge < edges.count; edge++) bottom = Math.max(bottom, edges.endRows[edge] as number);
  const top = edges.count === 0 ? 0 : (edges.firstRows[0] as number);
  const list = new RunList();
  const active = new ActiveEdges(edges);
  const offsets = new Int32Array(Math.max(0, bottom - top) + 1);
  for (let row = top; row < bottom; row++) {
    list.beginRow();
    active.moveTo(row);
    active.addRuns(list, rule, widthPx);
    offsets[row - top + 1] = list.runCount;
  }
  return { top, offsets, runs: list.finish() };
};

/** As {@link polygonRuns}, as a mask. */
export const fillPolygon = (rings: readonly Ring[], widthPx: number, heightPx: number, rule: FillRule = 'evenOdd'): Bitmap =>
  bitmapOfRuns(polygonRuns(rings, widthPx, heightPx, rule), widthPx, heightPx);
