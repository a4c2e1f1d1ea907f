import type { Bitmap } from '../mask/bitmap.ts';
import { cellsAtEdges } from '../mask/nearEdges.ts';
import { grow, shrink } from '../mask/morphology.ts';
import type { Rect } from '../mask/rect.ts';
import { boxMean } from './boxMean.ts';
import { guidedCoefficients, type Guided } from './guidedFilter.ts';
import type { RgbaImage } from './rgbaImage.ts';

export interface RefineSettings {
  /** How wide the soft band along the edge is, imagePx: {@link leastBandPx}..{@link mostBandPx}. */
  readonly bandPx: number;
  /** 0: follows every contour of the photo · 1: hardly any. */
  readonly softness: number;
  /** Moves the edge before it is softened: outwards above 0, imagePx, -50..50. */
  readonly shiftPx: number;
}

export const leastBandPx = 2;
export const mostBandPx = 200;
export const mostShiftPx = 50;

/** Work by the pixel is dear here: small cells hold less that is not near the edge. A power of two, so that blocks meet. */
const cellSidePx = 64;

/** From 1e-6, which He et al. take for hair, to 1e-1, where only the strongest contours count. */
const epsilonOf = (softness: number): number => 10 ** (-6 + 5 * Math.min(1, Math.max(0, softness)));

/** The filter's coefficients are smooth: they are worked out on every second, fourth ... pixel where the band is wide. Powers of two, so that cells meet. */
const reductionOf = (halfPx: number): number => Math.min(8, 2 ** Math.floor(Math.log2(Math.max(1, halfPx / 3))));

/** A part of photo and mask, averaged over blocks of `by` pixels. */
const reduced = (photo: RgbaImage, mask: Bitmap, place: Rect, by: number): Guided => {
  const widthPx = Math.ceil(place.widthPx / by);
  const heightPx = Math.ceil(place.heightPx / by);
  const [red, green, blue, input] = [0, 1, 2, 3].map(() => new Float32Array(widthPx * heightPx)) as [Float32Array, Float32Array, Float32Array, Float32Array];
  for (let y = 0; y < place.heightPx; y++) {
    const row = Math.floor(y / by) * widthPx;
    let from = (place.yPx + y) * mask.widthPx + place.xPx;
    for (let x = 0; x < place.widthPx; x++, from++) {
      const at = row + Math.floor(x / by);
      red[at] = (red[at] as number) + (photo.data[from * 4] as number);
      green[at] = (green[at] as number) + (photo.data[from * 4 + 1] as number);
      blue[at] = (blue[at] as number) + (photo.data[from * 4 + 2] as number);
      input[at] = (input[at] as number) + (mask.data[from] as number);
    }
  }
  for (let y = 0, at = 0; y < heightPx; y++) {
    const rows = Math.min(by, place.heightPx - y * by);
    for (let x = 0; x < widthPx; x++, at++) {
      const share = 1 / (255 * rows * Math.min(by, place.widthPx - x * by));
      for (const plane of [red, green, blue, input]) plane[at] = (plane[at] as number) * share;
    }
  }
  return { widthPx, heightPx, red, green, blue, input };
};

/** How much the filter counts where this share of the window is mask: all of it about the edge, nothing where the window holds one side alone. */
const weightOf = (share: number): number => Math.min(1, 2.5 * (1 - Math.abs(2 * share - 1)));

/** Writes the soft coverage of one cell. */
const refineCell = (photo: RgbaImage, mask: Bitmap, alpha: Uint8Array, cell: Rect, place: Rect, halfPx: number, epsilon: number): void => {
  const by = reductionOf(halfPx);
  const small = reduced(photo, mask, place, by);
  const half = Math.max(1, Math.round(halfPx / by));
  const share = small.input.slice();
  boxMean(share, small.widthPx, small.heightPx, half, new Float32Array(share.length));
  const { red, green, blue, constant } = guidedCoefficients(small, half, epsilon);
  const { widthPx: width, heightPx: height } = small;
  for (let y = cell.yPx; y < cell.yPx + cell.heightPx; y++) {
    const smallY = Math.min(height - 1, Math.max(0, (y - place.yPx + 0.5) / by - 0.5));
    const top = Math.min(Math.max(0, height - 2), Math.floor(smallY));
    const down = height === 1 ? 0 : smallY - top;
    const below = height === 1 ? 0 : width;
    for (let x = cell.xPx; x < cell.xPx + cell.widthPx; x++) {
      const smallX = Math.min(width - 1, Math.max(0, (x - place.xPx + 0.5) / by - 0.5));
      const left = Math.min(Math.max(0, width - 2), Math.floor(smallX));
      const right = width === 1 ? 0 : smallX - left;
      const beside = width === 1 ? 0 : 1;
      const at = top * width + left;
      const w00 = (1 - right) * (1 - down);
      const w10 = right * (1 - down);
      const w01 = (1 - right) * down;
      const w11 = right * down;
      const sampled = (plane: Float32Array): number =>
        (plane[at] as number) * w00 + (plane[at + beside] as number) * w10 + (plane[at + below] as number) * w01 + (plane[at + below + beside] as number) * w11;
      const inWindow = sampled(share);
      if (inWindow <= 0.001 || inWindow >= 0.999) continue;
      const index = y * mask.widthPx + x;
      const colour = index * 4;
      const filtered =
        sampled(red) * (photo.data[colour] as number) + sampled(green) * (photo.data[colour + 1] as number) + sampled(blue) * (photo.data[colour + 2] as number) + 255 * sampled(constant);
      const hard = mask.data[index] as number;
      // Clamped and rounded by hand: a Uint8Array would wrap around.
      const soft = hard + weightOf(inWindow) * (filtered - hard);
      alpha[index] = soft <= 0 ? 0 : soft >= 255 ? 255 : (soft + 0.5) | 0;
    }
  }
};

/**
 * Soft coverage along a mask's edge: the mask is filtered with the photo as its guide (shared/picture/guidedFilter.ts) in a band about the edge, and stays
 * hard elsewhere. Only the edge's neighbourhood is worked on.
 * @returns 0..255 a pixel, row-major. @throws RangeError when photo and mask differ in size, or a setting is out of range
 */
export const refineMatte = (photo: RgbaImage, mask: Bitmap, { bandPx, softness, shiftPx }: RefineSettings): Uint8Array => {
  if (photo.widthPx !== mask.widthPx || photo.heightPx !== mask.heightPx) {
    throw new RangeError(`A photo of ${photo.widthPx} x ${photo.heightPx} is not that of a mask of ${mask.widthPx} x ${mask.heightPx}`);
  }
  if (!(bandPx >= leastBandPx && bandPx <= mostBandPx)) throw new RangeError(`A band of ${bandPx} px: from ${leastBandPx} to ${mostBandPx} are possible`);
  if (!(Math.abs(shiftPx) <= mostShiftPx)) throw new RangeError(`An edge moved by ${shiftPx} px: up to ${mostShiftPx} either way are possible`);
  const shifted = shiftPx === 0 ? mask : shiftPx > 0 ? grow(mask, shiftPx) : shrink(mask, -shiftPx);
  const halfPx = bandPx / 2;
  const by = reductionOf(halfPx);
  // Windows of windows, and a pixel of the reduced picture; one less than a multiple, which cellsAtEdges adds: places begin on whole blocks.
  const reachPx = Math.ceil((2 * halfPx + 2 * by) / by) * by - 1;
  const alpha = shifted.data.slice();
  for (const { cell, place } of cellsAtEdges(shifted, reachPx, cellSidePx)) refineCell(photo, shifted, alpha, cell, place, halfPx, epsilonOf(softness));
  return alpha;
};
