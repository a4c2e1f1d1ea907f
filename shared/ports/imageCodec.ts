import type { Bitmap } from '../mask/bitmap.ts';

/** Interleaved 8-bit sRGB, row-major from the top left, upright. `data.length === widthPx * heightPx * 3`. */
export interface RgbImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

/** What a file is, read from its header alone. Sizes are of the upright picture. */
export interface ImageInfo {
  readonly widthPx: number;
  readonly heightPx: number;
  /** jpeg, png, webp, avif, tiff ... */
  readonly format: string;
  /** EXIF orientation 1..8; 1 where there is none. */
  readonly orientation: number;
  /** Whether a browser shows the file as it is: upright, sRGB, 8-bit, of a format that browsers know. */
  readonly webReady: boolean;
}

/** exif: a mask lies on the picture as EXIF turns it · stored: on the pixels as the file has them (architecture.md, Coordinates). */
export type MaskOrientation = 'exif' | 'stored';

/** The size that a mask has. EXIF orientations from 5 on lie on their side: the stored pixels are as wide as the upright picture is high. */
export const sizeIn = ({ widthPx, heightPx, orientation: turnedAs }: Pick<ImageInfo, 'widthPx' | 'heightPx' | 'orientation'>, orientation: MaskOrientation): { widthPx: number; heightPx: number } =>
  orientation === 'stored' && turnedAs >= 5 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };

export interface ImportedImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Upright, sRGB, no EXIF orientation: every reader agrees on its pixels. */
  readonly bytes: Uint8Array;
  /** File extension without the dot: jpg or png. */
  readonly extension: 'jpg' | 'png';
}

export type ResizeFilter = 'sharp' | 'linear';

/**
 * Decoding and encoding of pictures. Every method that decodes checks the header's size first.
 * @throws ExpectedError image_unreadable, image_unsupported, image_too_large (limit in megapixels, a setting)
 */
export interface ImageCodec {
  probe(bytes: Uint8Array): Promise<ImageInfo>;
  /** Upright sRGB for the store. Bytes that already are exactly that are kept untouched. Alpha is laid on white. */
  normalise(bytes: Uint8Array): Promise<ImportedImage>;
  /**
   * Decodes and stretches to exactly this size (no aspect kept): what models read.
   * @param filter sharp (default): Lanczos · linear: a triangle as wide as a new pixel, which is what models that were trained on PIL's or torchvision's BILINEAR know
   */
  rgbAt(bytes: Uint8Array, widthPx: number, heightPx: number, orientation?: MaskOrientation, filter?: ResizeFilter): Promise<RgbImage>;
  /** For the screen: upright sRGB that a browser can show, longest side at most `maxSidePx` (null: full size). */
  preview(bytes: Uint8Array, maxSidePx: number | null, orientation?: MaskOrientation): Promise<{ bytes: Uint8Array; mediaType: string }>;
  /** 8-bit, one channel, 0 or 255. The same bitmap always gives the same bytes. */
  encodeMask(mask: Bitmap): Promise<Uint8Array>;
  /** Any greyscale or RGB PNG: at and above 128 is mask. */
  decodeMask(bytes: Uint8Array): Promise<Bitmap>;
  /** 8-bit, one channel, 0..255. */
  encodeMatte(widthPx: number, heightPx: number, alpha: Uint8Array): Promise<Uint8Array>;
  /** An 8-bit matte as {@link encodeMatte} wrote it; values stay. Form as a mask's. */
  decodeMatte(bytes: Uint8Array): Promise<Bitmap>;
  /** Bicubic resampling of one 8-bit channel; for probability maps from model size to image size. */
  resizeGrey(data: Uint8Array, fromWidthPx: number, fromHeightPx: number, toWidthPx: number, toHeightPx: number): Promise<Uint8Array>;
  /** Photo with its mask tinted over it, fitted into a box, as a small WebP; for thumbnails and contact sheets. */
  overlayThumbnail(photo: Uint8Array, mask: Uint8Array | null, maxSidePx: number, orientation?: MaskOrientation): Promise<Uint8Array>;
}
