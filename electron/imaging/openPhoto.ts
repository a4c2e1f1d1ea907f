import sharp, { type Metadata, type Sharp } from 'sharp';
import type { ImageInfo, MaskOrientation } from '../../shared/ports/imageCodec.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { cutOff, decoding } from './decodeError.ts';
import { formatOf, type ReadableFormat } from './formats.ts';
import { pngIsComplete, pngIsPlain } from './pngChunks.ts';
import { isSrgbProfile } from './srgbProfile.ts';
import { webpIsLossless } from './webpChunks.ts';

export const white = { r: 255, g: 255, b: 255 };

/** A header that was read and found within the limit, and how to decode what follows it. */
export interface OpenPhoto {
  readonly info: ImageInfo & { readonly format: ReadableFormat };
  /** Whether decoding and encoding lost detail already: then JPEG may hold it again. */
  readonly lossy: boolean;
  /**
   * A pipeline from the file: first frame, profile to sRGB (sharp does it where a profile is), alpha laid on white, 8-bit. Damaged and
   * cut-off data fails.
   */
  readonly decode: (orientation?: MaskOrientation) => Sharp;
}

const isWebReady = (format: ReadableFormat, bytes: Uint8Array, metadata: Metadata): boolean => {
  if (metadata.space !== 'srgb' || metadata.depth !== 'uchar' || metadata.hasAlpha || (metadata.orientation ?? 1) !== 1) return false;
  if ((metadata.pages ?? 1) > 1 || (metadata.icc !== undefined && !isSrgbProfile(metadata.icc))) return false;
  // AVIF is left out: its nclx colours are followed by browsers and not by our decoder.
  if (format === 'png') return pngIsPlain(bytes);
  return format === 'jpeg' || format === 'webp';
};

/** Two digits at least: a limit of 100 and a picture of 100.4 must not read the same. */
const megapixels = (pixels: number): string => (pixels / 1e6).toFixed(1);

export const tooLarge = (widthPx: number, heightPx: number, maxMegapixels: number): ExpectedError =>
  new ExpectedError(
    'image_too_large',
    `The picture is ${widthPx} x ${heightPx} pixels (${megapixels(widthPx * heightPx)} megapixels); the limit is ${maxMegapixels} megapixels and can be raised in the settings (maxMegapixels).`,
    { details: { widthPx, heightPx, maxMegapixels } },
  );

/**
 * Reads the header alone and checks its size before a pixel is decoded.
 * @throws ExpectedError image_unreadable, image_unsupported, image_too_large
 */
export const openPhoto = async (bytes: Uint8Array, maxMegapixels: number): Promise<OpenPhoto> => {
  const format = formatOf(bytes);
  // The limit is ours, so that the sentence can hold the numbers; only one page is ever read.
  const metadata = await decoding(() => sharp(bytes, { failOn: 'error', limitInputPixels: false, pages: 1 }).metadata());
  const { width, height } = metadata;
  if (width * height > maxMegapixels * 1e6) throw tooLarge(width, height, maxMegapixels);
  if (format === 'png' && !pngIsComplete(bytes)) throw cutOff();
  const orientation = metadata.orientation ?? 1;
  const turned = orientation >= 5;
  return {
    info: { widthPx: turned ? height : width, heightPx: turned ? width : height, format, orientation, webReady: isWebReady(format, bytes, metadata) },
    lossy: format === 'jpeg' || format === 'avif' || (format === 'webp' && !webpIsLossless(bytes)),
    decode: (maskOrientation = 'exif') => {
      const pipeline = sharp(bytes, {
        failOn: 'error',
        limitInputPixels: maxMegapixels * 1e6,
        pages: 1,
        autoOrient: maskOrientation === 'exif',
        sequentialRead: true,
      });
      // Left alone, sharp turns 16-bit colours into Display P3 by their profile and says nothing of it in the output.
      if (metadata.space === 'rgb16') pipeline.pipelineColourspace('srgb');
      return pipeline.flatten({ background: white }).toColourspace('srgb');
    },
  };
};
