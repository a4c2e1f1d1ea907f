import sharp from 'sharp';
import type { MaskOrientation, RgbImage } from '../../shared/ports/imageCodec.ts';
import { decoding } from './decodeError.ts';
import { openPhoto } from './openPhoto.ts';

/** A photo at its full size: sRGB, upright or as stored. */
export const decodeRgb = async (bytes: Uint8Array, maxMegapixels: number, orientation: MaskOrientation = 'exif'): Promise<RgbImage> => {
  const photo = await openPhoto(bytes, maxMegapixels);
  const { data, info } = await decoding(() => photo.decode(orientation).raw().toBuffer({ resolveWithObject: true }));
  return { widthPx: info.width, heightPx: info.height, data };
};

const raw = ({ widthPx, heightPx }: RgbImage) => ({ raw: { width: widthPx, height: heightPx, channels: 3 as const } });

/** @param quality 1..100; chroma at full resolution from 90 up */
export const encodeJpeg = (picture: RgbImage, quality: number): Promise<Uint8Array> =>
  sharp(picture.data, raw(picture))
    .jpeg({ quality, chromaSubsampling: quality >= 90 ? '4:4:4' : '4:2:0' })
    .toBuffer();

export const encodePng = (picture: RgbImage): Promise<Uint8Array> => sharp(picture.data, raw(picture)).png({ compressionLevel: 6 }).toBuffer();
