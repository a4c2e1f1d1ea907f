import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import { BugError } from '../../../shared/errors/errors.ts';
import type { RgbImage } from '../../../shared/ports/imageCodec.ts';
import { indexedColourType } from './header.ts';

const deflated = promisify(deflate);

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const greyColourType = 0;
const rgbColourType = 2;

/** Length, type, data and CRC-32 of type and data (PNG specification, section 5.3). */
const chunk = (type: string, content: Uint8Array): Buffer => {
  const framed = Buffer.alloc(content.length + 12);
  framed.writeUInt32BE(content.length, 0);
  framed.write(type, 4, 'ascii');
  framed.set(content, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, content.length + 8)), content.length + 8);
  return framed;
};

const headerChunk = (widthPx: number, heightPx: number, bitDepth: 8 | 16, colourType: number): Buffer => {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(widthPx, 0);
  content.writeUInt32BE(heightPx, 4);
  content.set([bitDepth, colourType], 8);
  return chunk('IHDR', content);
};

/** Rows are not filtered: labels are runs of equal numbers, which deflate packs best as they are. */
const encode = async (widthPx: number, heightPx: number, bitDepth: 8 | 16, colourType: number, samples: Uint8Array, between: readonly Buffer[]): Promise<Uint8Array> => {
  const rowBytes = samples.length / heightPx;
  const rows = new Uint8Array(samples.length + heightPx);
  for (let y = 0; y < heightPx; y++) rows.set(samples.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  return Buffer.concat([signature, headerChunk(widthPx, heightPx, bitDepth, colourType), ...between, chunk('IDAT', await deflated(rows, { level: 6 })), chunk('IEND', new Uint8Array(0))]);
};

const checkLength = (widthPx: number, heightPx: number, channels: number, length: number): void => {
  if (length !== widthPx * heightPx * channels || length === 0) throw new BugError(`${length} samples are no ${widthPx} x ${heightPx} picture of ${channels} a pixel`);
};

/**
 * 8-bit indices with their colours (colour type 3). The same input always gives the same bytes.
 * @param palette red, green, blue of 1 to 256 colours; each index has its colour
 */
export const encodeIndexed = async (widthPx: number, heightPx: number, indices: Uint8Array, palette: Uint8Array): Promise<Uint8Array> => {
  checkLength(widthPx, heightPx, 1, indices.length);
  const colours = palette.length / 3;
  if (!Number.isInteger(colours) || colours < 1 || colours > 256) throw new BugError(`${palette.length} bytes are no palette`);
  for (let index = 0; index < indices.length; index++) if ((indices[index] as number) >= colours) throw new BugError(`The index ${indices[index]} has no colour among ${colours}`);
  return encode(widthPx, heightPx, 8, indexedColourType, indices, [chunk('PLTE', palette)]);
};

/** 8- or 16-bit grey numbers (colour type 0), by the array's kind. */
export const encodeNumbers = async (widthPx: number, heightPx: number, values: Uint8Array | Uint16Array): Promise<Uint8Array> => {
  checkLength(widthPx, heightPx, 1, values.length);
  if (values instanceof Uint8Array) return encode(widthPx, heightPx, 8, greyColourType, values, []);
  const samples = Buffer.alloc(values.length * 2);
  for (let index = 0; index < values.length; index++) samples.writeUInt16BE(values[index] as number, index * 2);
  return encode(widthPx, heightPx, 16, greyColourType, samples, []);
};

/** 8-bit RGB (colour type 2), every value as it is. */
export const encodeRgb = async ({ widthPx, heightPx, data }: RgbImage): Promise<Uint8Array> => {
  checkLength(widthPx, heightPx, 3, data.length);
  return encode(widthPx, heightPx, 8, rgbColourType, data, []);
};
