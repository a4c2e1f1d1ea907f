import sharp from 'sharp';
import { BugError, ExpectedError } from '../../shared/errors/errors.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { decoding } from './decodeError.ts';
import { formatOf } from './formats.ts';
import { openPhoto } from './openPhoto.ts';

/** libvips writes 8-bit greyscale (colour type 0) for one unsigned byte a pixel, as long as no palette and no bit depth is asked for. */
export const encodeGrey = async (widthPx: number, heightPx: number, data: Uint8Array): Promise<Uint8Array> => {
  if (data.length !== widthPx * heightPx) throw new BugError(`${data.length} bytes are no ${widthPx} x ${heightPx} picture of one channel`);
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 1 }, limitInputPixels: false })
    .toColourspace('b-w')
    .png({ compressionLevel: 3, adaptiveFiltering: false, palette: false })
    .toBuffer();
};

export const encodeMask = async ({ widthPx, heightPx, data }: Bitmap): Promise<Uint8Array> => {
  // By index: an iterator over 24 million bytes takes 150 ms.
  for (let index = 0; index < data.length; index++) {
    const value = data[index];
    if (value !== 0 && value !== 255) throw new BugError(`A mask holds 0 or 255, not ${value}`);
  }
  return encodeGrey(widthPx, heightPx, data);
};

/** Rec. 709 weights in 256ths; they sum to 256, so that grey stays what it is. */
const redWeight = 54;
const greenWeight = 183;
const blueWeight = 19;

/**
 * Alpha and profiles are ignored: a mask is data, not a picture.
 * @throws ExpectedError image_unreadable, image_unsupported (not a PNG), image_too_large
 */
export const decodeMask = async (bytes: Uint8Array, maxMegapixels: number): Promise<Bitmap> => {
  if (formatOf(bytes) !== 'png') throw new ExpectedError('image_unsupported', 'A mask must be a PNG file.');
  await openPhoto(bytes, maxMegapixels);
  const { data: pixels, info } = await decoding(() =>
    sharp(bytes, { failOn: 'error', limitInputPixels: maxMegapixels * 1e6, ignoreIcc: true }).removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
  );
  const data = new Uint8Array(info.width * info.height);
  if (info.channels === 1) {
    for (let index = 0; index < data.length; index++) data[index] = (pixels[index] as number) >= 128 ? 255 : 0;
  } else {
    for (let index = 0, from = 0; index < data.length; index++, from += info.channels) {
      const sum = redWeight * (pixels[from] as number) + greenWeight * (pixels[from + 1] as number) + blueWeight * (pixels[from + 2] as number);
      data[index] = sum >= 128 * 256 ? 255 : 0;
    }
  }
  return { widthPx: info.width, heightPx: info.height, data };
};

/** One channel as it is. @throws ExpectedError image_unreadable, image_unsupported (not an 8-bit grey PNG), image_too_large */
export const decodeGrey = async (bytes: Uint8Array, maxMegapixels: number): Promise<Bitmap> => {
  if (formatOf(bytes) !== 'png') throw new ExpectedError('image_unsupported', 'A matte must be a PNG file.');
  await openPhoto(bytes, maxMegapixels);
  const { data, info } = await decoding(() =>
    sharp(bytes, { failOn: 'error', limitInputPixels: maxMegapixels * 1e6, ignoreIcc: true }).toColourspace('b-w').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
  );
  if (info.channels !== 1) throw new ExpectedError('image_unsupported', 'A matte must be grey, with one channel.');
  return { widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) };
};
