import sharp from 'sharp';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import { encodeGrey, encodeMask, decodeGrey, decodeMask } from './maskPng.ts';
import { normalise } from './normalise.ts';
import { openPhoto } from './openPhoto.ts';
import { overlayThumbnail } from './overlay.ts';
import { preview, rgbAt } from './preview.ts';
import { resizeGrey } from './resizeGrey.ts';

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
    normalise: (bytes) => normalise(bytes, maxMegapixels),
    rgbAt: (bytes, widthPx, heightPx, orientation = 'exif', filter = 'sharp') => rgbAt(bytes, widthPx, heightPx, orientation, filter, maxMegapixels),
    preview: (bytes, maxSidePx, orientation = 'exif') => preview(bytes, maxSidePx, orientation, maxMegapixels),
    encodeMask,
    decodeMask: (bytes) => decodeMask(bytes, maxMegapixels),
    encodeMatte: encodeGrey,
    decodeMatte: (bytes) => decodeGrey(bytes, maxMegapixels),
    resizeGrey,
    overlayThumbnail: (photo, mask, maxSidePx, orientation = 'exif') => overlayThumbnail(photo, mask, maxSidePx, orientation, maxMegapixels),
  };
};
