import sharp from 'sharp';
import type { MaskOrientation, RgbImage } from '../../shared/ports/imageCodec.ts';
import { decoding } from './decodeError.ts';
import { decodeMask } from './maskPng.ts';
import { openPhoto } from './openPhoto.ts';
import { resizeGrey } from './resizeGrey.ts';

/** The overlay's colour, #22c7d6: told apart from skin, wood and grass by people with any common colour blindness. */
export const tintRgb = [0x22, 0xc7, 0xd6] as const;
export const tintShare = 0.35;

/** Photo fitted into a box (never enlarged), upright or as stored. */
export const fitted = async (
  photo: Uint8Array,
  maxWidthPx: number,
  orientation: MaskOrientation,
  maxMegapixels: number,
  maxHeightPx = maxWidthPx,
): Promise<RgbImage> => {
  const opened = await openPhoto(photo, maxMegapixels);
  const { data, info } = await decoding(() =>
    opened
      .decode(orientation)
      .resize(maxWidthPx, maxHeightPx, { fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  return { widthPx: info.width, heightPx: info.height, data };
};

/** Lays the tint over a picture, in place. @param coverage 0..255, one byte a pixel of the picture */
export const tint = (picture: RgbImage, coverage: Uint8Array): void => {
  const { data } = picture;
  for (let index = 0; index < coverage.length; index++) {
    const share = ((coverage[index] as number) / 255) * tintShare;
    if (share === 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      const at = index * 3 + channel;
      data[at] = Math.round((data[at] as number) * (1 - share) + (tintRgb[channel] as number) * share);
    }
  }
};

/** A mask PNG as soft coverage at the picture's size. */
export const coverageAt = async (mask: Uint8Array, widthPx: number, heightPx: number, maxMegapixels: number): Promise<Uint8Array> => {
  const bitmap = await decodeMask(mask, maxMegapixels);
  return resizeGrey(bitmap.data, bitmap.widthPx, bitmap.heightPx, widthPx, heightPx);
};

export const overlayThumbnail = async (
  photo: Uint8Array,
  mask: Uint8Array | null,
  maxSidePx: number,
  orientation: MaskOrientation,
  maxMegapixels: number,
): Promise<Uint8Array> => {
  const picture = await fitted(photo, maxSidePx, orientation, maxMegapixels);
  const { widthPx, heightPx, data } = picture;
  if (mask !== null) tint(picture, await coverageAt(mask, widthPx, heightPx, maxMegapixels));
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } }).webp({ quality: 80 }).toBuffer();
};
