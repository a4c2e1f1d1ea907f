import { farthestLevel, levelsFrom, oklabOf, type Oklab } from './oklab.ts';
import type { Rect } from '../mask/rect.ts';
import type { RgbaImage } from './rgbaImage.ts';

/** Where the wand was put down. */
export interface WandSeed {
  /** A pixel of the picture. */
  readonly xPx: number;
  readonly yPx: number;
  /** The colour is the mean of this many pixels squared, as far as they are in the picture. */
  readonly sampleSidePx: 1 | 3 | 5;
  /** Only what hangs together with the seed, along edges of pixels; else all of the picture. */
  readonly isContiguous: boolean;
}

/** Not reached at any tolerance asked for so far. */
export const unreached = 255;

/**
 * For each pixel the least tolerance (a level of oklab.ts, 0..254) at which the wand takes it. One pass answers every tolerance: while a person drags
 * it up and down, the picture is only compared with a number.
 */
export interface WandReach {
  /** Right for all levels up to the last {@link upTo}; {@link unreached} beyond. Row-major. */
  readonly levels: Uint8Array;
  /** Follows the picture as far as this tolerance needs it. @returns a rectangle that holds all pixels of at most this level */
  upTo(level: number): Rect;
}

/** The mean colour round the seed, in OKLab. */
const sampleAt = ({ widthPx, heightPx, data }: RgbaImage, { xPx, yPx, sampleSidePx }: WandSeed): Oklab => {
  const reach = (sampleSidePx - 1) / 2;
  const sum = { lightness: 0, a: 0, b: 0 };
  let count = 0;
  for (let y = Math.max(0, yPx - reach); y <= Math.min(heightPx - 1, yPx + reach); y++) {
    for (let x = Math.max(0, xPx - reach); x <= Math.min(widthPx - 1, xPx + reach); x++) {
      const at = (y * widthPx + x) * 4;
      const colour = oklabOf(data[at] as number, data[at + 1] as number, data[at + 2] as number);
      sum.lightness += colour.lightness;
      sum.a += colour.a;
      sum.b += colour.b;
      count++;
    }
  }
  return { lightness: sum.lightness / count, a: sum.a / count, b: sum.b / count };
};

/** Pixels that wait to be followed; it grows as it must. */
class Stack {
  #items = new Int32Array(256);
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }
  push(item: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Int32Array(this.#items.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = item;
  }
  pop(): number {
    return this.#items[--this.#length] as number;
  }
}

/**
 * The picture is flooded from the seed with rising tolerance. A pixel is taken from the lowest level at which a way leads to it, and a way's level is
 * that of its worst pixel; since ways are followed in order of level, the first that comes to a pixel is its best, and each is looked at once.
 */
const contiguousReach = ({ widthPx, heightPx, data }: RgbaImage, seed: WandSeed): WandReach => {
  const levels = new Uint8Array(widthPx * heightPx).fill(unreached);
  const levelAt = levelsFrom(data, sampleAt({ widthPx, heightPx, data }, seed));
  const waiting = Array.from({ length: farthestLevel + 1 }, () => new Stack());
  const start = seed.yPx * widthPx + seed.xPx;
  // The pixel under the pointer is always taken, however unlike the mean round it.
  levels[start] = 0;
  (waiting[0] as Stack).push(start);
  let done = -1;
  let [left, top, right, bottom] = [seed.xPx, seed.yPx, seed.xPx, seed.yPx];

  const flood = (level: number): void => {
    const stack = waiting[level] as Stack;
    /** @returns whether the pixel is new and of this level */
    const take = (at: number): boolean => {
      if (levels[at] !== unreached) return false;
      const own = levelAt(at);
      if (own <= level) {
        levels[at] = level;
        return true;
      }
      levels[at] = own;
      (waiting[own] as Stack).push(at);
      return false;
    };
    /** Looks above and below. */
    const lookAround = (at: number): void => {
      if (at >= widthPx && take(at - widthPx)) stack.push(at - widthPx);
      if (at + widthPx < levels.length && take(at + widthPx)) stack.push(at + widthPx);
    };
    while (!stack.isEmpty) {
      const at = stack.pop();
      const y = (at / widthPx) | 0;
      const rowStart = y * widthPx;
      const rowEnd = rowStart + widthPx;
      lookAround(at);
      // Along the row without waiting: neighbours lie beside each other in memory.
      let first = at;
      while (first > rowStart && take(first - 1)) lookAround(--first);
      let last = at;
      while (last + 1 < rowEnd && take(last + 1)) lookAround(++last);
      if (first - rowStart < left) left = first - rowStart;
      if (last - rowStart > right) right = last - rowStart;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  };

  return {
    levels,
    upTo(level) {
      for (const last = Math.min(farthestLevel, level); done < last; ) flood(++done);
      return { xPx: left, yPx: top, widthPx: right + 1 - left, heightPx: bottom + 1 - top };
    },
  };
};

/** Every pixel of the picture by its own colour. */
const everywhereReach = (picture: RgbaImage, seed: WandSeed): WandReach => {
  const { widthPx, heightPx, data } = picture;
  const levels = new Uint8Array(widthPx * heightPx);
  const levelAt = levelsFrom(data, sampleAt(picture, seed));
  for (let at = 0; at < levels.length; at++) levels[at] = levelAt(at);
  levels[seed.yPx * widthPx + seed.xPx] = 0;
  const whole: Rect = { xPx: 0, yPx: 0, widthPx, heightPx };
  return { levels, upTo: () => whole };
};

/** @throws RangeError for a seed outside of the picture */
export const wandReach = (picture: RgbaImage, seed: WandSeed): WandReach => {
  const { xPx, yPx } = seed;
  if (!(Number.isInteger(xPx) && Number.isInteger(yPx) && xPx >= 0 && yPx >= 0 && xPx < picture.widthPx && yPx < picture.heightPx)) {
    throw new RangeError(`The wand was put down at ${xPx}, ${yPx}, outside of the picture`);
  }
  return seed.isContiguous ? contiguousReach(picture, seed) : everywhereReach(picture, seed);
};
