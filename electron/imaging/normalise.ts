import type { ImportedImage, MaskOrientation } from '../../shared/ports/imageCodec.ts';
import { decoding } from './decodeError.ts';
import { openPhoto } from './openPhoto.ts';

/** Chroma at full resolution: the edges of masks are judged on these pixels. */
export const keptJpeg = { quality: 95, chromaSubsampling: '4:4:4' } as const;
export const keptPng = { compressionLevel: 6, palette: false } as const;

/**
 * A photo as the store keeps it: upright, sRGB, 8-bit, no metadata. A JPEG or PNG that already shows the same to every reader stays as
 * it is, byte for byte (it is decoded once all the same, so that a damaged file is found now and not at review). What was lossy becomes
 * JPEG, what was lossless PNG.
 */
export const normalise = async (bytes: Uint8Array, maxMegapixels: number, orientation: MaskOrientation = 'exif'): Promise<ImportedImage> => {
  const photo = await openPhoto(bytes, maxMegapixels);
  const { widthPx, heightPx, format, webReady } = photo.info;
  if (webReady && (format === 'jpeg' || format === 'png')) {
    await decoding(() => photo.decode().greyscale().raw().toBuffer());
    return { widthPx, heightPx, bytes, extension: format === 'jpeg' ? 'jpg' : 'png' };
  }
  const encoded = await decoding(() =>
    (photo.lossy ? photo.decode(orientation).jpeg(keptJpeg) : photo.decode(orientation).png(keptPng)).toBuffer({ resolveWithObject: true }),
  );
  return { widthPx: encoded.info.width, heightPx: encoded.info.height, bytes: encoded.data, extension: photo.lossy ? 'jpg' : 'png' };
};
