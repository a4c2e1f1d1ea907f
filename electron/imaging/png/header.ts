import { ExpectedError } from '../../../shared/errors/errors.ts';
import { cutOff } from '../decodeError.ts';
import { formatOf } from '../formats.ts';

/** Colour types of the PNG specification (section 11.2.1) and how many samples a pixel of each has. */
const channelsOf: Readonly<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const bitDepthsOf: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };

export const indexedColourType = 3;

export interface PngHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitDepth: number;
  readonly colourType: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly isInterlaced: boolean;
}

export interface PngParts {
  readonly header: PngHeader;
  /** Three bytes a colour; null: there is none. */
  readonly palette: Uint8Array | null;
  /** Contents of `tRNS`; null: there is none. */
  readonly transparency: Uint8Array | null;
  /** Contents of all `IDAT`, in order. */
  readonly packed: readonly Uint8Array[];
}

export const damaged = (sentence: string, cause?: unknown): ExpectedError => new ExpectedError('image_unreadable', sentence, { cause });

const headerOf = (chunk: Uint8Array): PngHeader => {
  if (chunk.length !== 13) throw damaged(`The PNG's header has ${chunk.length} bytes; a header has 13.`);
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const [bitDepth, colourType, compression, filter, interlace] = [view.getUint8(8), view.getUint8(9), view.getUint8(10), view.getUint8(11), view.getUint8(12)];
  const [widthPx, heightPx] = [view.getUint32(0), view.getUint32(4)];
  const channels = channelsOf[colourType];
  if (widthPx === 0 || heightPx === 0) throw damaged(`The PNG claims to be ${widthPx} x ${heightPx} pixels.`);
  if (channels === undefined || !(bitDepthsOf[colourType] as readonly number[]).includes(bitDepth)) throw damaged(`There is no PNG of colour type ${colourType} with ${bitDepth} bits.`);
  if (compression !== 0 || filter !== 0 || interlace > 1) throw damaged('The PNG claims a compression, a filter or an order of rows that the format does not have.');
  return { widthPx, heightPx, bitDepth, colourType, channels, isInterlaced: interlace === 1 };
};

/**
 * Takes a PNG apart (PNG specification, section 5: length, type, data, CRC) without unpacking anything. Checksums are left to the packed data's own.
 * @throws ExpectedError image_unsupported (no PNG), image_unreadable
 */
export const partsOfPng = (bytes: Uint8Array): PngParts => {
  if (formatOf(bytes) !== 'png') throw new ExpectedError('image_unsupported', 'This must be a PNG file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: PngHeader | null = null;
  let palette: Uint8Array | null = null;
  let transparency: Uint8Array | null = null;
  const packed: Uint8Array[] = [];
  for (let offset = 8; ; ) {
    if (offset + 12 > bytes.length) throw cutOff();
    const end = offset + 12 + view.getUint32(offset);
    if (end > bytes.length) throw cutOff();
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    const content = bytes.subarray(offset + 8, end - 4);
    offset = end;
    if (type === 'IEND') break;
    if (header === null && type !== 'IHDR') throw damaged('The PNG does not begin with its header.');
    if (type === 'IHDR') header = headerOf(content);
    else if (type === 'PLTE') palette = content;
    else if (type === 'tRNS') transparency = content;
    else if (type === 'IDAT') packed.push(content);
  }
  if (header === null || packed.length === 0) throw damaged('The PNG has no picture in it.');
  if (palette !== null && (palette.length % 3 !== 0 || palette.length > 768)) throw damaged(`The PNG's palette has ${palette.length} bytes, which is no number of colours.`);
  if (header.colourType === indexedColourType && palette === null) throw damaged('The PNG has indices and no palette.');
  return { header, palette: header.colourType === indexedColourType ? palette : null, transparency, packed };
};
