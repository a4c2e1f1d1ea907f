import type { Bitmap } from '../mask/bitmap.ts';

/** Interleaved 8-bit sRGB, row-major from the top left, upright. `data.length === widthPx * heightPx * 3`. */
export interface RgbImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

/** Pixels of a PNG as numbers, without any interpretation, row-major from the top left, as stored. */
export interface SampleImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Samples a pixel: 1 grey or index, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 2 | 3 | 4;
  /** Of the file; values are not stretched: 1 bit gives 0 and 1. */
  readonly bitDepth: number;
  /** `data.length === widthPx * heightPx * channels`; 16 bits where the file has 16. */
  readonly data: Uint8Array | Uint16Array;
  /** Red, green, blue of each index, which all have one; null: the samples are no indices. */
  readonly palette: Uint8Array | null;
  /** Alpha of the first so many colours of the palette; those after them are opaque. */
  readonly paletteAlpha: Uint8Array | null;
}

/** Interleaved 8-bit RGBA, alpha not multiplied in (straight). `data.length === widthPx * heightPx * 4`. */
export interface RgbaPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;
}

/** quality: 1 to 100; null: lossless. */
export type CutoutFile = { readonly format: 'png' } | { readonly format: 'webp'; readonly quality: number | null };

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
  /** Upright sRGB for the store (stored: the pixels as the file has them). Bytes that already are exactly that are kept untouched. Alpha is laid on white. */
  normalise(bytes: Uint8Array, orientation?: MaskOrientation): Promise<ImportedImage>;
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
  /** Photo with one mask tinted and outlined over it, and the outline of another (null: none) dashed beside, fitted into a square of this side, as a WebP. Masks of another size are stretched to the photo. */
  comparedMasks(photo: Uint8Array, incoming: Bitmap, present: Bitmap | null, maxSidePx: number, orientation?: MaskOrientation): Promise<Uint8Array>;
  /**
   * A PNG with exactly these indices and colours, 8 bits. The same input always gives the same bytes.
   * @param palette red, green, blue of 1 to 256 colours; each index that occurs has its colour
   */
  encodeIndexed(widthPx: number, heightPx: number, indices: Uint8Array, palette: Uint8Array): Promise<Uint8Array>;
  /** A grey PNG with exactly these numbers: 8 or 16 bits, by the array. */
  encodeNumbers(widthPx: number, heightPx: number, values: Uint8Array | Uint16Array): Promise<Uint8Array>;
  /** A PNG with exactly these colours: colours that are labels. */
  encodeRgb(image: RgbImage): Promise<Uint8Array>;
  /** Any PNG to the bit; @see SampleImage. */
  decodeSamples(bytes: Uint8Array): Promise<SampleImage>;
  /** As decodeSamples, of a PNG with one number a pixel (indices with their palette, or grey). */
  decodeIndexed(bytes: Uint8Array): Promise<SampleImage>;
  /** Colours of an 8-bit PNG as they are, profiles and alpha ignored: colours that are labels. A palette is looked up. */
  decodeRgb(bytes: Uint8Array): Promise<RgbImage>;
  /** Photo as RGB at its full size; a mask lies on it by `orientation`. */
  photoRgb(bytes: Uint8Array, orientation?: MaskOrientation): Promise<RgbImage>;
  /** Colours stay as they are where alpha is 0 too. */
  encodeCutout(picture: RgbaPicture, file: CutoutFile): Promise<Uint8Array>;
  /** A PNG or WebP with alpha, as large as stored; without alpha it is opaque. Colours where alpha is 0 may have been lost. */
  decodeCutout(bytes: Uint8Array): Promise<RgbaPicture>;
  /** For looking at: WebP or JPEG, quality 1 to 100. */
  encodePicture(image: RgbImage, file: { readonly format: 'webp' | 'jpeg'; readonly quality: number }): Promise<Uint8Array>;
}
