import type { Rect } from '../mask/rect.ts';
import type { RgbaImage } from './rgbaImage.ts';

/** How strong the edges of a part of a picture are, cell by cell: a cell is `stepPx` pixels squared. */
export interface EdgeMap {
  /** Top left of the first cell, imagePx. */
  readonly xPx: number;
  readonly yPx: number;
  readonly stepPx: number;
  /** Cells a row, and rows of cells. */
  readonly columns: number;
  readonly rows: number;
  /** 0 none .. 255 as strong as the strongest here, row-major. */
  readonly strengths: Uint8Array;
}

/** The steepest change that is called an edge at all, in levels a cell: in a part without edges noise is not one. */
const leastSteepness = 24;
/** So large a share of the cells is steeper than what counts as full strength: one glint does not make everything else faint. */
const strongestShare = 0.005;
/** Of a cell's rows and columns so many are read; averages of more look the same. */
const samplesPerSide = 4;

/** Means of the cells, three channels after each other. */
const averageCells = ({ widthPx, heightPx, data }: RgbaImage, { xPx, yPx, stepPx, columns, rows }: Omit<EdgeMap, 'strengths'>): readonly Float32Array[] => {
  const channels = [0, 1, 2].map(() => new Float32Array(columns * rows));
  const [red, green, blue] = channels as [Float32Array, Float32Array, Float32Array];
  const stride = Math.max(1, Math.floor(stepPx / samplesPerSide));
  for (let row = 0; row < rows; row++) {
    const top = yPx + row * stepPx;
    for (let column = 0; column < columns; column++) {
      const left = xPx + column * stepPx;
      const right = Math.min(widthPx, left + stepPx);
      const bottom = Math.min(heightPx, top + stepPx);
      let [r, g, b, count] = [0, 0, 0, 0];
      for (let y = top; y < bottom; y += stride) {
        for (let x = left; x < right; x += stride) {
          const at = (y * widthPx + x) * 4;
          r += data[at] as number;
          g += data[at + 1] as number;
          b += data[at + 2] as number;
          count++;
        }
      }
      const cell = row * columns + column;
      red[cell] = r / count;
      green[cell] = g / count;
      blue[cell] = b / count;
    }
  }
  return channels;
};

/** A binomial blur (1, 4, 6, 4, 1) along rows and columns, a Gaussian of about one cell: grain is no edge. */
const blur = (values: Float32Array, columns: number, rows: number): Float32Array => {
  const across = new Float32Array(values.length);
  const down = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      const a = values[start + Math.max(0, column - 2)] as number;
      const b = values[start + Math.max(0, column - 1)] as number;
      const c = values[start + column] as number;
      const d = values[start + Math.min(columns - 1, column + 1)] as number;
      const e = values[start + Math.min(columns - 1, column + 2)] as number;
      across[start + column] = (a + e + 4 * (b + d) + 6 * c) / 16;
    }
  }
  for (let row = 0; row < rows; row++) {
    const [first, second, own, fourth, fifth] = [row - 2, row - 1, row, row + 1, row + 2].map((other) => Math.min(rows - 1, Math.max(0, other)) * columns) as [number, number, number, number, number];
    for (let column = 0; column < columns; column++) {
      down[own + column] =
        ((across[first + column] as number) + (across[fifth + column] as number) + 4 * ((across[second + column] as number) + (across[fourth + column] as number)) + 6 * (across[own + column] as number)) / 16;
    }
  }
  return down;
};

/** Raises `steepness` to that of a channel: its gradient by Scharr's 3 x 3 kernels, levels a cell. An edge in one channel is an edge. */
const raiseToGradient = (steepness: Float32Array, values: Float32Array, columns: number, rows: number): void => {
  for (let row = 0; row < rows; row++) {
    const above = Math.max(0, row - 1) * columns;
    const own = row * columns;
    const below = Math.min(rows - 1, row + 1) * columns;
    for (let column = 0; column < columns; column++) {
      const left = Math.max(0, column - 1);
      const right = Math.min(columns - 1, column + 1);
      const nw = values[above + left] as number;
      const ne = values[above + right] as number;
      const sw = values[below + left] as number;
      const se = values[below + right] as number;
      const dx = (3 * (ne - nw + se - sw) + 10 * ((values[own + right] as number) - (values[own + left] as number))) / 32;
      const dy = (3 * (sw - nw + se - ne) + 10 * ((values[below + column] as number) - (values[above + column] as number))) / 32;
      const steep = Math.sqrt(dx * dx + dy * dy);
      if (steep > (steepness[own + column] as number)) steepness[own + column] = steep;
    }
  }
};

/** The steepness that `strongestShare` of the cells exceed. */
const fullStrength = (steepness: Float32Array): number => {
  const counts = new Uint32Array(256);
  for (let cell = 0; cell < steepness.length; cell++) {
    const level = Math.min(255, (steepness[cell] as number) | 0);
    counts[level] = (counts[level] as number) + 1;
  }
  let left = steepness.length * strongestShare;
  for (let level = 255; level > leastSteepness; level--) {
    left -= counts[level] as number;
    if (left < 0) return level;
  }
  return leastSteepness;
};

/**
 * The edges of a part of a picture. Cells of several pixels for a picture that is shown small: nobody can point more precisely than they see, and the time
 * stays the same.
 * @param part imagePx, clipped to the picture
 * @param contrast 0..1: edges weaker than this share of the strongest are none
 */
export const edgeMap = (image: RgbaImage, part: Rect, stepPx: number, contrast = 0): EdgeMap => {
  const xPx = Math.max(0, part.xPx);
  const yPx = Math.max(0, part.yPx);
  const columns = Math.max(0, Math.ceil((Math.min(image.widthPx, part.xPx + part.widthPx) - xPx) / stepPx));
  const rows = Math.max(0, Math.ceil((Math.min(image.heightPx, part.yPx + part.heightPx) - yPx) / stepPx));
  const steepness = new Float32Array(columns * rows);
  const place = { xPx, yPx, stepPx, columns, rows };
  for (const channel of averageCells(image, place)) raiseToGradient(steepness, blur(channel, columns, rows), columns, rows);
  const full = fullStrength(steepness);
  const least = contrast * 255;
  const strengths = new Uint8Array(steepness.length);
  for (let cell = 0; cell < strengths.length; cell++) {
    const strength = Math.min(255, ((steepness[cell] as number) * 255) / full);
    strengths[cell] = strength < least ? 0 : strength;
  }
  return { ...place, strengths };
};
