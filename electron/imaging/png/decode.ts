import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { RgbImage, SampleImage } from '../../../shared/ports/imageCodec.ts';
import { cutOff } from '../decodeError.ts';
import { tooLarge } from '../openPhoto.ts';
import { damaged, partsOfPng, type PngParts } from './header.ts';
import { rowBytesOf, samplesOfRows } from './rows.ts';

const inflated = promisify(inflate);

/** Deflate packs 258 bytes into 2 bits at best (RFC 1951): rows that claim more than this many times their packed bytes are not there. */
const mostUnpacked = 1032;

const unpack = async ({ header, packed }: PngParts): Promise<Uint8Array> => {
  const length = rowBytesOf(header);
  const packedBytes = packed.reduce((sum, { length: bytes }) => sum + bytes, 0);
  if (length > packedBytes * mostUnpacked) throw cutOff();
  const rows = await inflated(packed.length === 1 ? (packed[0] as Uint8Array) : Buffer.concat(packed), { maxOutputLength: length }).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw cutOff(error);
    throw damaged(code === 'ERR_BUFFER_TOO_LARGE' ? `The PNG holds more than the ${header.widthPx} x ${header.heightPx} pixels that it claims.` : 'The PNG is damaged: its pixels cannot be unpacked.', error);
  });
  if (rows.length < length) throw cutOff();
  return rows.subarray(0, length);
};

/** Colours that the file may leave out of its palette are black, as decoders have it. @throws ExpectedError image_unreadable */
const checkIndices = (indices: Uint8Array, colours: number): void => {
  let largest = 0;
  for (let index = 0; index < indices.length; index++) if ((indices[index] as number) > largest) largest = indices[index] as number;
  if (largest >= colours) throw damaged(`The PNG has the index ${largest}, and only ${colours} colours.`);
};

/**
 * What a PNG's pixels are, to the bit and without any interpretation: indices, 1 to 16 bits, interlaced or not. Profiles, gamma and orientation mean nothing
 * to data. Our own since libvips turns indices into colours, and the decoders for scripts that keep them unpack whatever a file claims and read less than
 * 8 bits wrongly where the rows are interlaced.
 * @throws ExpectedError image_unreadable, image_unsupported (not a PNG), image_too_large
 */
export const decodeSamples = async (bytes: Uint8Array, maxMegapixels: number): Promise<SampleImage> => {
  const parts = partsOfPng(bytes);
  const { header, palette, transparency } = parts;
  const { widthPx, heightPx, channels, bitDepth } = header;
  if (widthPx * heightPx > maxMegapixels * 1e6) throw tooLarge(widthPx, heightPx, maxMegapixels);
  const data = samplesOfRows(await unpack(parts), header);
  if (palette !== null) checkIndices(data as Uint8Array, palette.length / 3);
  return { widthPx, heightPx, channels, bitDepth, data, palette, paletteAlpha: palette === null ? null : transparency };
};

/** @throws as decodeSamples; image_unsupported where a pixel is more than one number */
export const decodeIndexed = async (bytes: Uint8Array, maxMegapixels: number): Promise<SampleImage> => {
  const image = await decodeSamples(bytes, maxMegapixels);
  if (image.channels !== 1) throw new ExpectedError('image_unsupported', `A PNG of labels has one number a pixel; this one has ${image.channels} (a colour picture?).`);
  return image;
};

/** Colours as the file has them; alpha is left out. @throws as decodeSamples; image_unsupported at 16 bits */
export const decodeRgb = async (bytes: Uint8Array, maxMegapixels: number): Promise<RgbImage> => {
  const { widthPx, heightPx, channels, bitDepth, data, palette } = await decodeSamples(bytes, maxMegapixels);
  if (bitDepth === 16) throw new ExpectedError('image_unsupported', 'A PNG whose colours are labels has 8 bits a channel; this one has 16.');
  if (channels === 3) return { widthPx, heightPx, data: data as Uint8Array };
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  const scale = channels === 1 ? 255 / ((1 << bitDepth) - 1) : 1;
  for (let pixel = 0, to = 0; pixel < widthPx * heightPx; pixel++, to += 3) {
    const from = pixel * channels;
    for (let channel = 0; channel < 3; channel++) {
      rgb[to + channel] = palette !== null ? (palette[(data[from] as number) * 3 + channel] as number) : channels === 4 ? (data[from + channel] as number) : (data[from] as number) * scale;
    }
  }
  return { widthPx, heightPx, data: rgb };
};
