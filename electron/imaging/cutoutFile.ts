import sharp from 'sharp';
import { BugError, ExpectedError } from '../../shared/errors/errors.ts';
import type { CutoutFile, RgbaPicture, RgbImage } from '../../shared/ports/imageCodec.ts';
import { decoding } from './decodeError.ts';
import { formatOf } from './formats.ts';
import { openPhoto } from './openPhoto.ts';

/** Straight alpha; `exact` keeps WebP from throwing away colours that can't be seen. */
export const encodeCutout = async ({ widthPx, heightPx, data }: RgbaPicture, file: CutoutFile): Promise<Uint8Array> => {
  if (data.length !== widthPx * heightPx * 4) throw new BugError(`${data.length} bytes are no ${widthPx} x ${heightPx} picture with alpha`);
  const picture = sharp(data, { raw: { width: widthPx, height: heightPx, channels: 4 }, limitInputPixels: false });
  if (file.format === 'png') return picture.png({ compressionLevel: 6, adaptiveFiltering: true, palette: false }).toBuffer();
  return picture.webp(file.quality === null ? { lossless: true, exact: true, effort: 2 } : { quality: file.quality, alphaQuality: 100, exact: true }).toBuffer();
};

/** @throws ExpectedError image_unreadable, image_unsupported (neither PNG nor WebP), image_too_large */
export const decodeCutout = async (bytes: Uint8Array, maxMegapixels: number): Promise<RgbaPicture> => {
  const format = formatOf(bytes);
  if (format !== 'png' && format !== 'webp') throw new ExpectedError('image_unsupported', 'A cut-out must be a PNG or a WebP file: others have no alpha.');
  await openPhoto(bytes, maxMegapixels);
  const { data, info } = await decoding(() =>
    sharp(bytes, { failOn: 'error', limitInputPixels: maxMegapixels * 1e6, ignoreIcc: true, pages: 1 }).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
  );
  return { widthPx: info.width, heightPx: info.height, data };
};

export const encodePicture = ({ widthPx, heightPx, data }: RgbImage, { format, quality }: { readonly format: 'webp' | 'jpeg'; readonly quality: number }): Promise<Uint8Array> => {
  const picture = sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 }, limitInputPixels: false });
  return (format === 'webp' ? picture.webp({ quality }) : picture.jpeg({ quality, chromaSubsampling: quality >= 90 ? '4:4:4' : '4:2:0' })).toBuffer();
};
