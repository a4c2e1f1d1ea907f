import { boundingBox } from '../../../shared/mask/boundingBox.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { RgbImage } from '../../../shared/ports/imageCodec.ts';
import type { ShareBox } from './instanceFamily.ts';
import { personClasses, type PeopleMap, type PersonClass } from './peopleMap.ts';

/** The picture as a whole. */
export const wholePicture: ShareBox = { x0: 0, y0: 0, x1: 1, y1: 1 };

/** What the model saw in one part of the picture. */
export interface Look {
  readonly box: ShareBox;
  readonly map: PeopleMap;
}

/** A part that is nearly the whole tells nothing new. */
const largestShare = 0.75;
/** Smaller than this share of a side, there would be fewer pixels of the photo in a look than the model reads: 160 of 1024. */
const smallestSide = 0.16;

const clamped = (value: number): number => Math.min(1, Math.max(0, value));

const within = (centre: number, length: number): readonly [number, number] => {
  const half = Math.min(1, Math.max(smallestSide, length)) / 2;
  const middle = Math.min(1 - half, Math.max(half, centre));
  return [clamped(middle - half), clamped(middle + half)];
};

const paddedBox = (mask: Bitmap, padding: number): ShareBox | null => {
  const box = boundingBox(mask);
  if (box === null) return null;
  const [width, height] = [box.widthPx / mask.widthPx, box.heightPx / mask.heightPx];
  const [x0, x1] = within(box.xPx / mask.widthPx + width / 2, width * (1 + 2 * padding));
  const [y0, y1] = within(box.yPx / mask.heightPx + height / 2, height * (1 + 2 * padding));
  return (x1 - x0) * (y1 - y0) > largestShare ? null : { x0, y0, x1, y1 };
};

/** Where the foreground lies, with what is around it; null where that is nearly all of the picture, or nothing. */
export const foregroundBox = (foreground: Bitmap): ShareBox | null => paddedBox(foreground, 0.12);

/** A part of a picture at `sidePx` squared: blocks averaged where it shrinks, bilinear where it grows. */
export const partOf = (picture: RgbImage, { x0, y0, x1, y1 }: ShareBox, sidePx: number): RgbImage => {
  const data = new Uint8Array(sidePx * sidePx * 3);
  const [stepX, stepY] = [((x1 - x0) * picture.widthPx) / sidePx, ((y1 - y0) * picture.heightPx) / sidePx];
  const [samplesX, samplesY] = [Math.max(1, Math.round(stepX)), Math.max(1, Math.round(stepY))];
  const place = (start: number, step: number, index: number, sample: number, samples: number, size: number): readonly [number, number, number] => {
    const at = Math.min(size - 1, Math.max(0, start * size + (index + (sample + 0.5) / samples) * step - 0.5));
    const low = Math.floor(at);
    return [low, Math.min(size - 1, low + 1), at - low];
  };
  const columns = Array.from({ length: sidePx * samplesX }, (_, index) => place(x0, stepX, Math.floor(index / samplesX), index % samplesX, samplesX, picture.widthPx));
  const sums = new Float32Array(sidePx * 3);
  const source = picture.data;
  for (let y = 0; y < sidePx; y++) {
    sums.fill(0);
    for (let sample = 0; sample < samplesY; sample++) {
      const [upper, lower, down] = place(y0, stepY, y, sample, samplesY, picture.heightPx);
      const [above, below] = [upper * picture.widthPx, lower * picture.widthPx];
      for (let index = 0; index < columns.length; index++) {
        const [left, right, across] = columns[index] as readonly [number, number, number];
        const to = Math.floor(index / samplesX) * 3;
        for (let channel = 0; channel < 3; channel++) {
          const top = (source[(above + left) * 3 + channel] as number) * (1 - across) + (source[(above + right) * 3 + channel] as number) * across;
          const bottom = (source[(below + left) * 3 + channel] as number) * (1 - across) + (source[(below + right) * 3 + channel] as number) * across;
          sums[to + channel] = (sums[to + channel] as number) + top * (1 - down) + bottom * down;
        }
      }
    }
    for (let index = 0; index < sums.length; index++) data[y * sums.length + index] = (sums[index] as number) / (samplesX * samplesY) + 0.5;
  }
  return { widthPx: sidePx, heightPx: sidePx, data };
};

/** Over this share of a part's side its say fades in: at its edge the model sees what is cut off. */
const fade = 0.1;

/** How much a part's look says at a place of it (both by shares of the part), 0..1. Where the part ends with the picture, nothing is cut off. */
const say = ({ x0, y0, x1, y1 }: ShareBox, x: number, y: number): number => {
  const rise = (distance: number): number => Math.min(1, Math.max(0.02, distance / fade));
  return (x0 <= 0 ? 1 : rise(x)) * (x1 >= 1 ? 1 : rise(1 - x)) * (y0 <= 0 ? 1 : rise(y)) * (y1 >= 1 ? 1 : rise(1 - y));
};

/**
 * All looks as one map of the whole picture: the mean of what they say of each place, one of half the side saying twice as much.
 * @returns at `sidePx` squared; where there is one look alone, at its own size
 */
export const together = (looks: readonly Look[], sidePx: number): PeopleMap => {
  const [first] = looks;
  if (first !== undefined && looks.length === 1) return first.map;
  const count = sidePx * sidePx;
  const planes = Object.fromEntries(personClasses.map((name) => [name, new Float32Array(count)])) as Record<PersonClass, Float32Array>;
  const weights = new Float32Array(count);
  for (const { box, map } of looks) {
    const [width, height] = [box.x1 - box.x0, box.y1 - box.y0];
    const own = 1 / Math.sqrt(width * height);
    for (let y = Math.max(0, Math.floor(box.y0 * sidePx)); y < Math.min(sidePx, Math.ceil(box.y1 * sidePx)); y++) {
      const shareY = ((y + 0.5) / sidePx - box.y0) / height;
      if (shareY < 0 || shareY > 1) continue;
      const atY = Math.min(map.heightPx - 1, Math.max(0, shareY * map.heightPx - 0.5));
      const [upper, down] = [Math.floor(atY), atY - Math.floor(atY)];
      const lower = Math.min(map.heightPx - 1, upper + 1);
      for (let x = Math.max(0, Math.floor(box.x0 * sidePx)); x < Math.min(sidePx, Math.ceil(box.x1 * sidePx)); x++) {
        const shareX = ((x + 0.5) / sidePx - box.x0) / width;
        if (shareX < 0 || shareX > 1) continue;
        const atX = Math.min(map.widthPx - 1, Math.max(0, shareX * map.widthPx - 0.5));
        const [left, across] = [Math.floor(atX), atX - Math.floor(atX)];
        const right = Math.min(map.widthPx - 1, left + 1);
        const weight = own * say(box, shareX, shareY);
        const to = y * sidePx + x;
        weights[to] = (weights[to] as number) + weight;
        for (const name of personClasses) {
          const plane = map.planes[name];
          const above = (plane[upper * map.widthPx + left] as number) * (1 - across) + (plane[upper * map.widthPx + right] as number) * across;
          const below = (plane[lower * map.widthPx + left] as number) * (1 - across) + (plane[lower * map.widthPx + right] as number) * across;
          planes[name][to] = (planes[name][to] as number) + weight * (above * (1 - down) + below * down);
        }
      }
    }
  }
  for (const name of personClasses) for (let at = 0; at < count; at++) planes[name][at] = (planes[name][at] as number) / (weights[at] as number);
  return { widthPx: sidePx, heightPx: sidePx, planes };
};
