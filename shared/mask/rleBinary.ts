import type { Bitmap } from './bitmap.ts';
import { runEnd, wordsOf } from './runEnd.ts';
import { ByteReader, ByteWriter } from './varint.ts';

/**
 * Maskdesk's wire form of a mask, row-major: unsigned LEB128 varints - width, height, then run lengths that alternate outside, inside,
 * outside ... from the top left, the first possibly 0. The lengths sum to width * height. A 24 MP mask is some tens of kB and takes
 * milliseconds, where PNG takes a second; not to be confused with COCO's column-major RLE (shared/mask/rleColumns.ts).
 */
export const encodeRle = ({ widthPx, heightPx, data }: Bitmap): Uint8Array => {
  // Words need an aligned offset; a mask cut out of a larger buffer may lack it.
  const pixels = data.byteOffset % 4 === 0 ? data : data.slice();
  const words = wordsOf(pixels);
  const writer = new ByteWriter();
  writer.varint(widthPx);
  writer.varint(heightPx);
  let inside = 0;
  let start = 0;
  for (;;) {
    const end = runEnd(pixels, words, start, pixels.length, inside);
    writer.varint(end - start);
    if (end === pixels.length) return writer.finish();
    start = end;
    inside ^= 1;
  }
};

/** The largest mask that is decoded, in pixels: inputs come from outside and must not make us allocate without bound. */
export const maxMaskPixels = 1_000_000_000;

/** @throws RangeError when the bytes are not exactly one mask */
export const decodeRle = (bytes: Uint8Array, maxPixels = maxMaskPixels): Bitmap => {
  const reader = new ByteReader(bytes);
  const widthPx = reader.varint();
  const heightPx = reader.varint();
  const total = widthPx * heightPx;
  if (total > maxPixels) throw new RangeError(`A mask of ${widthPx} x ${heightPx} is larger than allowed`);
  const data = new Uint8Array(total);
  let position = 0;
  let inside = false;
  while (!reader.atEnd) {
    const end = position + reader.varint();
    if (end > total) throw new RangeError('The runs are longer than the mask');
    if (inside) data.fill(255, position, end);
    position = end;
    inside = !inside;
  }
  if (position !== total) throw new RangeError('The runs are shorter than the mask');
  return { widthPx, heightPx, data };
};
