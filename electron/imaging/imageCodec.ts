import sharp from 'sharp';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import { encodeGrey, encodeMask, decodeGrey, decodeMask } from './maskPng.ts';
import { comparedMasks } from './comparedMasks.ts';
import { decodeCutout, encodeCutout, encodePicture } from './cutoutFile.ts';
import { normalise } from './normalise.ts';
import { openPhoto } from './openPhoto.ts';
import { overlayThumbnail } from './overlay.ts';
import { decodeIndexed, decodeRgb, decodeSamples } from './png/decode.ts';
import { encodeIndexed, encodeNumbers, encodeRgb } from './png/encode.ts';
import { preview, rgbAt } from './preview.ts';
import { resizeGrey } from './resizeGrey.ts';
import { decodeRgb as photoRgb } from './rgb.ts';

export interface ImageCodecOptions {
  /** Pictures above it are refused by their header. */
  readonly maxMegapixels?: number;
  /** Threads that libvips takes for one picture: for the whole process, since libvips knows only one number. */
  readonly threads?: number;
}

export const defaultMaxMegapixels = 100;

/** Pictures through sharp (libvips). Decoders can crash on hostile files: hosts keep this out of the window's process. */
export const createImageCodec = ({ maxMegapixels = defaultMaxMegapixels, threads }: ImageCodecOptions = {}): ImageCodec => {
  if (threads !== undefined) sharp.concurrency(threads);
  // Every picture comes as bytes and is decoded once: the cache would only hold memory.
  sharp.cache(false);
  return {
    probe: async (bytes) => (await openPhoto(bytes, maxMegapixels)).info,
    normalise: (bytes, orientation = 'exif') => normalise(bytes, maxMegapixels, orientation),
    rgbAt: (bytes, widthPx, heightPx, orientation = 'exif', filter = 'sharp') => rgbAt(bytes, widthPx, heightPx, orientation, filter, maxMegapixels),
    preview: (bytes, maxSidePx, orientation = 'exif') => preview(bytes, maxSidePx, orientation, maxMegapixels),
    encodeMask,
    decodeMask: (bytes) => decodeMask(bytes, maxMegapixels),
    encodeMatte: encodeGrey,
    decodeMatte: (bytes) => decodeGrey(bytes, maxMegapixels),
    resizeGrey,
    overlayThumbnail: (photo, mask, maxSidePx, orientation = 'exif') => overlayThumbnail(photo, mask, maxSidePx, orientation, maxMegapixels),
    comparedMasks: (photo, incoming, present, maxSidePx, orientation = 'exif') => comparedMasks(photo, incoming, present, maxSidePx, orientation, maxMegapixels),
    encodeIndexed,
    encodeNumbers,
    encodeRgb,
    decodeSamples: (bytes) => decodeSamples(bytes, maxMegapixels),
    decodeIndexed: (bytes) => decodeIndexed(bytes, maxMegapixels),
    decodeRgb: (bytes) => decodeRgb(bytes, maxMegapixels),
    photoRgb: (bytes, orientation = 'exif') => photoRgb(bytes, maxMegapixels, orientation),
    encodeCutout,
    decodeCutout: (bytes) => decodeCutout(bytes, maxMegapixels),
    encodePicture,
  };
};
