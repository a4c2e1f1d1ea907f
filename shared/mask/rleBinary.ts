import type { Bitmap } from './bitmap.ts';

/**
 * Maskdesk's wire form of a mask, row-major: unsigned LEB128 varints - width, height, then run lengths that alternate outside, inside,
 * outside ... from the top left, the first possibly 0. The lengths sum to width * height. A 24 MP mask is some tens of kB and takes
 * milliseconds, where PNG takes a second; not to be confused with COCO's column-major RLE (shared/mask/rleColumns.ts).
 */
export const encodeRle = ({ widthPx, heightPx, data }: Bitmap): Uint8Array => {
  let bytes = new Uint8Array(1024);
  let length = 0;
  const write = (value: number): void => {
    if (length + 5 > bytes.length) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    let rest = value;
    while (rest >= 0x80) {
      bytes[length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[length++] = rest;
  };
  write(widthPx);
  write(heightPx);
  let inside = 0;
  let start = 0;
  for (let index = 0; index < data.length; index++) {
    if ((data[index] as number) >>> 7 === inside) continue;
    write(index - start);
    start = index;
    inside ^= 1;
  }
  write(data.length - start);
  return bytes.slice(0, length);
};

/** The largest mask that is decoded, in pixels: inputs come from outside and must not make us allocate without bound. */
export const maxMaskPixels = 1_000_000_000;

/** @throws RangeError when the bytes are not exactly one mask */
export const decodeRle = (bytes: Uint8Array, maxPixels = maxMaskPixels): Bitmap => {
  let offset = 0;
  const read = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[offset++];
      if (byte === undefined || scale > 2 ** 35) throw new RangeError('The mask ends in the middle of a number');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  };
  const widthPx = read();
  const heightPx = read();
  const total = widthPx * heightPx;
  if (total > maxPixels) throw new RangeError(`A mask of ${widthPx} x ${heightPx} is larger than allowed`);
  const data = new Uint8Array(total);
  let position = 0;
  let inside = false;
  while (offset < bytes.length) {
    const end = position + read();
    if (end > total) throw new RangeError('The runs are longer than the mask');
    if (inside) data.fill(255, position, end);
    position = end;
    inside = !inside;
  }
  if (position !== total) throw new RangeError('The runs are shorter than the mask');
  return { widthPx, heightPx, data };
};
