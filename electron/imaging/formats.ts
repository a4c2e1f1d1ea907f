import { ExpectedError } from '../../shared/errors/errors.ts';

/** What Maskdesk reads. Everything else is refused by its first bytes, before any decoder sees it. */
export const readableFormats = ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const;
export type ReadableFormat = (typeof readableFormats)[number];

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

const startsWith = (bytes: Uint8Array, ...head: readonly number[]): boolean => head.every((byte, index) => bytes[index] === byte);

/** Brands of an ISO base media file (ISO/IEC 14496-12, box `ftyp`): the major one, then the compatible ones. */
const brandsOf = (bytes: Uint8Array): readonly string[] => {
  const end = Math.min(bytes.length, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0), 128);
  const brands = [ascii(bytes, 8, 12)];
  for (let offset = 16; offset + 4 <= end; offset += 4) brands.push(ascii(bytes, offset, offset + 4));
  return brands;
};

/** A name for people of what a file seems to be, when it is none of the readable formats. */
const guessName = (bytes: Uint8Array): string | null => {
  if (ascii(bytes, 0, 4) === '%PDF') return 'a PDF document';
  if (ascii(bytes, 0, 3) === 'GIF') return 'a GIF';
  if (ascii(bytes, 0, 2) === 'BM') return 'a BMP';
  if (startsWith(bytes, 0xff, 0x0a) || ascii(bytes, 4, 8) === 'JXL ') return 'a JPEG XL picture';
  if (ascii(bytes, 4, 6) === 'jP') return 'a JPEG 2000 picture';
  if (ascii(bytes, 0, 4) === '8BPS') return 'a Photoshop document';
  if (ascii(bytes, 4, 8) === 'ftyp') return brandsOf(bytes).some((brand) => /^(hei|hev|mif1|msf1)/.test(brand)) ? 'a HEIC picture' : 'a video';
  const head = new TextDecoder('utf-8', { fatal: false }).decode(bytes.subarray(0, 512));
  if (/<svg[\s>]/i.test(head) || /^\s*<\?xml/.test(head)) return 'an SVG drawing';
  if (/^\s*<(!doctype|html)/i.test(head)) return 'a web page';
  return /^[\t\n\r\x20-\x7e]+$/.test(head) ? 'text' : null;
};

/**
 * The format by its first bytes; a file's name says nothing.
 * @throws ExpectedError image_unreadable (empty), image_unsupported
 */
export const formatOf = (bytes: Uint8Array): ReadableFormat => {
  if (bytes.length === 0) throw new ExpectedError('image_unreadable', 'The file is empty.');
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (startsWith(bytes, 0x49, 0x49, 0x2a, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (startsWith(bytes, 0x49, 0x49, 0x2b, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2b)) return 'tiff';
  if (ascii(bytes, 4, 8) === 'ftyp' && brandsOf(bytes).some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  const guess = guessName(bytes);
  throw new ExpectedError(
    'image_unsupported',
    `This is ${guess === null ? 'no picture that Maskdesk knows' : guess}; Maskdesk reads JPEG, PNG, WebP, AVIF and TIFF.`,
    { details: { looksLike: guess } },
  );
};
