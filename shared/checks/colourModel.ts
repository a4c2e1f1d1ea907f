import type { Bitmap } from '../mask/bitmap.ts';
import type { Photo } from './photo.ts';

/** Steps of a channel; 10 tell a grey floor from a white box and still hold enough pixels each. */
const steps = 10;

export interface ColourModel {
  /** ln of how much more often the photo's colour at a pixel occurs outside of the mask than inside; 0 where neither knows it. */
  outsideness(at: number): number;
}

/** Which colours the mask and its surroundings are made of: a histogram each over RGB, with one pixel in a thousand spread over all of it. */
export const colourModelOf = (photo: Photo, work: Bitmap, isLeftOut: (at: number) => boolean): ColourModel => {
  const inside = new Float64Array(steps ** 3);
  const outside = new Float64Array(steps ** 3);
  const binOf = (at: number): number => {
    const [red, green, blue] = [photo.data[at * 3] as number, photo.data[at * 3 + 1] as number, photo.data[at * 3 + 2] as number];
    return (((red * steps) >> 8) * steps + ((green * steps) >> 8)) * steps + ((blue * steps) >> 8);
  };
  let insidePx = 0;
  let outsidePx = 0;
  for (let at = 0; at < work.data.length; at++) {
    if (work.data[at] === 255) {
      inside[binOf(at)]! += 1;
      insidePx++;
    } else if (!isLeftOut(at)) {
      outside[binOf(at)]! += 1;
      outsidePx++;
    }
  }
  const shareOf = (histogram: Float64Array, bin: number, totalPx: number): number => (0.999 * (histogram[bin] as number)) / Math.max(1, totalPx) + 0.001 / histogram.length;
  return {
    outsideness: (at) => {
      const bin = binOf(at);
      return Math.log(shareOf(outside, bin, outsidePx) / shareOf(inside, bin, insidePx));
    },
  };
};
