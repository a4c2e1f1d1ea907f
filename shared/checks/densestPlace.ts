import type { CheckPlace } from '../domain/check.ts';

/** The square, an eighth of the shorter side, in which most of the pixels lie, with half of it to each side; cut off at the border. */
export const densestPlace = (pixels: ArrayLike<number>, widthPx: number, heightPx: number): CheckPlace => {
  const cellPx = Math.max(4, Math.round(Math.min(widthPx, heightPx) / 8));
  const columns = Math.ceil(widthPx / cellPx);
  const counts = new Uint32Array(columns * Math.ceil(heightPx / cellPx));
  for (let index = 0; index < pixels.length; index++) {
    const at = pixels[index] as number;
    const cell = Math.floor(Math.floor(at / widthPx) / cellPx) * columns + Math.floor((at % widthPx) / cellPx);
    counts[cell] = (counts[cell] as number) + 1;
  }
  let fullest = 0;
  for (let cell = 1; cell < counts.length; cell++) if ((counts[cell] as number) > (counts[fullest] as number)) fullest = cell;
  const left = Math.max(0, (fullest % columns) * cellPx - cellPx / 2);
  const top = Math.max(0, Math.floor(fullest / columns) * cellPx - cellPx / 2);
  return { xPx: left, yPx: top, widthPx: Math.min(widthPx - left, 2 * cellPx), heightPx: Math.min(heightPx - top, 2 * cellPx) };
};
