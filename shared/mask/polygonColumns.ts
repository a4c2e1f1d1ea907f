import type { Ring } from './ring.ts';
import type { ColumnRle } from './rleColumns.ts';

/*
 * Polygons as COCO's evaluation draws them (cocodataset/cocoapi, rleFrPoly), which is not shared/mask/fillPolygon.ts: corners are rounded to fifths of a pixel, sides
 * become chains of fifths, and where a chain steps over the middle of a column of pixels, its upper end, rounded up to a pixel's edge, is where inside and outside change
 * in that column. Sides are walked from their lower end (left, or top where they are steep), so that a side drawn either way is the same chain.
 * The reference makes all points of the chains; here only the steps that matter are worked out, at most one a column and side.
 */
const fifths = 5;
/** In fifths from a column's left edge: the step that counts leads from here to the next. */
const middle = 2;
/** Far beyond any photo; in fifths it is still a whole number of 32 bits, as the reference has it. */
const farthestPx = 400_000_000;
/** Beyond it somebody wants us to run out of memory. */
const mostSteps = 100_000_000;

/** Toggles of columns, as places down the columns. */
class Steps {
  #places = new Uint32Array(1024);
  #length = 0;

  add(place: number): void {
    if (this.#length === this.#places.length) {
      if (this.#length >= mostSteps) throw new RangeError('The polygon crosses the image too often');
      const larger = new Uint32Array(2 * this.#length);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[this.#length++] = place;
  }

  sorted(): Uint32Array {
    return this.#places.subarray(0, this.#length).sort();
  }
}

const toFifths = (coordinatePx: number): number => {
  if (!(Math.abs(coordinatePx) <= farthestPx)) throw new RangeError(`A polygon has a corner at ${coordinatePx}`);
  return Math.trunc(fifths * coordinatePx + 0.5);
};

class Raster {
  readonly #widthPx: number;
  readonly #heightPx: number;
  readonly #steps = new Steps();

  constructor(widthPx: number, heightPx: number) {
    this.#widthPx = widthPx;
    this.#heightPx = heightPx;
  }

  /** @param y upper end of the step over the middle of the column, in fifths */
  #step(column: number, y: number): void {
    const edge = Math.ceil(Math.min(this.#heightPx, Math.max(0, (y + 0.5) / fifths - 0.5)));
    this.#steps.add(column * this.#heightPx + edge);
  }

  /** Columns whose middle is stepped over between these two, in fifths: [first, end). */
  #columns(low: number, high: number): readonly [first: number, end: number] {
    return [Math.max(0, Math.ceil((low - middle) / fifths)), Math.min(this.#widthPx, Math.floor((high - 1 - middle) / fifths) + 1)];
  }

  side(fromX: number, fromY: number, toX: number, toY: number): void {
    const acrossX = Math.abs(toX - fromX);
    const acrossY = Math.abs(toY - fromY);
    const isFlat = acrossX >= acrossY;
    const turned = isFlat ? fromX > toX : fromY > toY;
    const [x0, y0, x1, y1] = turned ? [toX, toY, fromX, fromY] : [fromX, fromY, toX, toY];
    const [first, end] = this.#columns(Math.min(x0, x1), Math.max(x0, x1));
    if (isFlat) {
      const slope = (y1 - y0) / acrossX;
      for (let column = first; column < end; column++) {
        const along = fifths * column + middle - x0;
        this.#step(column, Math.min(Math.trunc(y0 + slope * along + 0.5), Math.trunc(y0 + slope * (along + 1) + 0.5)));
      }
      return;
    }
    const slope = (x1 - x0) / acrossY;
    /** Whether the chain, so far along, is past the middle that lies between `before` and the next. */
    const isPast = (along: number, before: number): boolean => {
      const x = Math.trunc(x0 + slope * along + 0.5);
      return slope > 0 ? x > before : x <= before;
    };
    for (let column = first; column < end; column++) {
      const before = fifths * column + middle;
      // Nearly there by division; then exactly, by the rounding that the points themselves have.
      let along = Math.min(acrossY, Math.max(1, Math.round((before + 0.5 - x0) / slope)));
      while (along > 1 && isPast(along - 1, before)) along--;
      while (along < acrossY && !isPast(along, before)) along++;
      this.#step(column, y0 + along - 1);
    }
  }

  runs(): ColumnRle {
    const total = this.#widthPx * this.#heightPx;
    const places = this.#steps.sorted();
    const counts = new Uint32Array(places.length + 1);
    let last = 0;
    let before = 0;
    for (let index = 0; index < places.length; index++) {
      const place = places[index] as number;
      // Two in one place undo each other.
      if (place === places[index + 1]) {
        index++;
        continue;
      }
      if (place === total) break;
      counts[last++] = place - before;
      before = place;
    }
    counts[last++] = total - before;
    return { size: [this.#heightPx, this.#widthPx], counts: counts.slice(0, last) };
  }
}

/**
 * The pixels of a polygon of an image as cocoapi gives them, to the pixel. Even-odd where it crosses itself.
 * @param ring x, y, x, y ..., imagePx; may leave the image; without corners it is nothing
 * @throws RangeError for coordinates that are not finite or absurdly far away, and for zigzags without end
 */
export const polygonColumns = (ring: Ring, widthPx: number, heightPx: number): ColumnRle => {
  const raster = new Raster(widthPx, heightPx);
  const points = Math.floor(ring.length / 2);
  for (let point = 0; point < points; point++) {
    const next = (point + 1) % points;
    raster.side(toFifths(ring[2 * point] as number), toFifths(ring[2 * point + 1] as number), toFifths(ring[2 * next] as number), toFifths(ring[2 * next + 1] as number));
  }
  return raster.runs();
};
