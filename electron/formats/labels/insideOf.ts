import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { SampleImage } from '../../../shared/ports/imageCodec.ts';

/** Numbers of classes go up to here; what is larger is a brightness. */
const largestClass = 20;

/**
 * @param levels one number a pixel. @param half from here on is inside; where nothing gets that far and it is no soft mask that is weak everywhere (masks of 0 and one other
 * value, of class numbers), all but 0 is.
 */
const above = ({ widthPx, heightPx }: SampleImage, levels: ArrayLike<number>, half: number): Bitmap => {
  let [largest, least] = [0, Infinity];
  for (let pixel = 0; pixel < levels.length; pixel++) {
    const level = levels[pixel] as number;
    if (level > largest) largest = level;
    if (level !== 0 && level < least) least = level;
  }
  const from = largest < half && (least === largest || largest <= largestClass) ? 1 : half;
  const data = new Uint8Array(levels.length);
  for (let pixel = 0; pixel < data.length; pixel++) if ((levels[pixel] as number) >= from) data[pixel] = 255;
  return { widthPx, heightPx, data };
};

const channelOf = ({ data, channels }: SampleImage, channel: number): ArrayLike<number> => {
  const levels = new Uint16Array(data.length / channels);
  for (let pixel = 0, from = channel; pixel < levels.length; pixel++, from += channels) levels[pixel] = data[from] as number;
  return levels;
};

/** Whether it tells an inside from an outside; a few pixels that are not quite opaque do not. */
const cutsOut = (alpha: ArrayLike<number>, half: number): boolean => {
  let [isInside, isOutside] = [false, false];
  for (let pixel = 0; pixel < alpha.length && !(isInside && isOutside); pixel++) {
    if ((alpha[pixel] as number) < half) isOutside = true;
    else isInside = true;
  }
  return isInside && isOutside;
};

/** The brightest channel: pure red or blue is as much mask as white is. */
const brightest = ({ data, channels }: SampleImage): ArrayLike<number> => {
  const levels = new Uint16Array(data.length / channels);
  for (let pixel = 0, from = 0; pixel < levels.length; pixel++, from += channels) levels[pixel] = Math.max(data[from] as number, data[from + 1] as number, data[from + 2] as number);
  return levels;
};

/** Greys are looked up; colours stand for classes, and all but the first one is inside. */
const indexLevels = ({ data }: SampleImage, palette: Uint8Array): { readonly levels: ArrayLike<number>; readonly half: number } => {
  const isGrey = palette.every((value, at) => value === palette[at - (at % 3)]);
  return isGrey ? { levels: Uint8Array.from(data, (index) => palette[index * 3] as number), half: 128 } : { levels: data, half: 1 };
};

/**
 * What a mask of unknown origin means: alpha where it says anything; else from mid-grey (or half of a colour's brightest channel) up; else, where nothing is
 * that bright or where the pixels are indices of colours, whatever is not 0.
 */
export const insideOf = (image: SampleImage): Bitmap => {
  const half = 1 << (image.bitDepth - 1);
  if (image.palette !== null) {
    const { levels, half: from } = indexLevels(image, image.palette);
    return above(image, levels, from);
  }
  if (image.channels === 2 || image.channels === 4) {
    const alpha = channelOf(image, image.channels - 1);
    if (cutsOut(alpha, half)) return above(image, alpha, half);
  }
  return above(image, image.channels === 1 ? image.data : image.channels === 2 ? channelOf(image, 0) : brightest(image), half);
};
