import type { Look } from './look.ts';

/** Half the side of the square that is looked at around a place of the edge, as a share of the photo's longer side at working size. */
const reachShare = 0.01;
/** Every second pixel of every second row tells as much. */
const stridePx = 2;
/** So many places, evenly along the edge, tell its share to two percent. */
const mostPlaces = 1500;
/** Variance of the noise of a camera's or a compressor's, in 8-bit steps: differences below it are none. */
const noise = 20;
/** Distance of two means in spreads. */
const alike = 0.5;

interface Sides {
  /** Places that were looked at. */
  readonly count: number;
  /** Those whose colours are the same on both sides, as indices into the photo at working size. */
  readonly same: readonly number[];
}

/**
 * Where the mask's edge has the same colours on both sides: around each place of it the pixels inside the mask are compared with those outside, by
 * the distance of their means over the root of their variances added up, in the channel where it is largest. Texture that goes on across the edge has
 * edges of its own and is the same on both sides all the same.
 */
export const sameOnBothSides = ({ photo, work, edgePixels }: Pick<Look, 'photo' | 'work' | 'edgePixels'>): Sides => {
  const { widthPx, heightPx, data: inside } = work;
  const reachPx = Math.max(2, Math.round(Math.max(widthPx, heightPx) * reachShare));
  const step = Math.max(1, Math.ceil(edgePixels.length / mostPlaces));
  const same: number[] = [];
  /** Of each channel: sum and sum of squares, outside then inside. */
  const sums = new Float64Array(12);
  let count = 0;
  for (let index = 0; index < edgePixels.length; index += step) {
    const at = edgePixels[index] as number;
    const x = at % widthPx;
    const y = (at - x) / widthPx;
    sums.fill(0);
    let insidePx = 0;
    let outsidePx = 0;
    const right = Math.min(widthPx - 1, x + reachPx);
    const bottom = Math.min(heightPx - 1, y + reachPx);
    for (let row = Math.max(0, y - reachPx); row <= bottom; row += stridePx) {
      for (let column = Math.max(0, x - reachPx); column <= right; column += stridePx) {
        const pixel = row * widthPx + column;
        const isInside = inside[pixel] === 255;
        if (isInside) insidePx++;
        else outsidePx++;
        const first = isInside ? 6 : 0;
        for (let channel = 0; channel < 3; channel++) {
          const value = photo.data[pixel * 3 + channel] as number;
          sums[first + channel * 2] = (sums[first + channel * 2] as number) + value;
          sums[first + channel * 2 + 1] = (sums[first + channel * 2 + 1] as number) + value * value;
        }
      }
    }
    count++;
    if (insidePx > 0 && outsidePx > 0 && distanceOf(sums, insidePx, outsidePx) < alike) same.push(at);
  }
  return { count, same };
};

const distanceOf = (sums: Float64Array, insidePx: number, outsidePx: number): number => {
  let farthest = 0;
  for (let channel = 0; channel < 3; channel++) {
    const outside = (sums[channel * 2] as number) / outsidePx;
    const inside = (sums[6 + channel * 2] as number) / insidePx;
    const variance = Math.max(0, (sums[channel * 2 + 1] as number) / outsidePx - outside ** 2) + Math.max(0, (sums[6 + channel * 2 + 1] as number) / insidePx - inside ** 2);
    farthest = Math.max(farthest, Math.abs(inside - outside) / Math.sqrt(noise + variance));
  }
  return farthest;
};
