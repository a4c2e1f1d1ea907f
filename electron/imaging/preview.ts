import { sizeIn, type MaskOrientation, type ResizeFilter, type RgbImage } from '../../shared/ports/imageCodec.ts';
import { enlarge } from './enlarge.ts';
import { decoding } from './decodeError.ts';
import { openPhoto } from './openPhoto.ts';

const mediaTypes = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

/** Pixels that a browser shows as every other reader sees them; the file itself where it already is that. */
export const preview = async (
  bytes: Uint8Array,
  maxSidePx: number | null,
  orientation: MaskOrientation,
  maxMegapixels: number,
): Promise<{ bytes: Uint8Array; mediaType: string }> => {
  const photo = await openPhoto(bytes, maxMegapixels);
  const { format, widthPx, heightPx, webReady } = photo.info;
  const fits = maxSidePx === null || Math.max(widthPx, heightPx) <= maxSidePx;
  if (webReady && fits && format in mediaTypes) return { bytes, mediaType: mediaTypes[format as keyof typeof mediaTypes] };
  const pipeline = photo.decode(orientation);
  if (!fits) pipeline.resize(maxSidePx, maxSidePx, { fit: 'inside' });
  const encoded = await decoding(() => pipeline.jpeg({ quality: fits ? 95 : 90, chromaSubsampling: '4:4:4' }).toBuffer());
  return { bytes: encoded, mediaType: 'image/jpeg' };
};

const kernels = { sharp: 'lanczos3', linear: 'linear' } as const satisfies Record<ResizeFilter, string>;

/**
 * Stretched to exactly this size; JPEG and WebP are shrunk while they are decoded (a 24 MP JPEG to 1024 x 1024: about a quarter of the
 * time of a full decode).
 */
export const rgbAt = async (
  bytes: Uint8Array,
  widthPx: number,
  heightPx: number,
  orientation: MaskOrientation,
  filter: ResizeFilter,
  maxMegapixels: number,
): Promise<RgbImage> => {
  const photo = await openPhoto(bytes, maxMegapixels);
  const own = sizeIn(photo.info, orientation);
  const smaller = { widthPx: Math.min(own.widthPx, widthPx), heightPx: Math.min(own.heightPx, heightPx) };
  const data = await decoding(() => photo.decode(orientation).resize(smaller.widthPx, smaller.heightPx, { fit: 'fill', kernel: kernels[filter] }).raw().toBuffer());
  if (smaller.widthPx === widthPx && smaller.heightPx === heightPx) return { widthPx, heightPx, data };
  return { widthPx, heightPx, data: await enlarge({ ...smaller, channels: 3, data }, widthPx, heightPx, filter === 'linear' ? 'linear' : 'cubic') };
};
