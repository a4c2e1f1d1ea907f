import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';

/**
 * Label Studio's brush regions (label-studio-sdk, converter/brush.py): @thi.ng/rle-pack over the RGBA bytes of the region's canvas, row by row. Bits from the top of each byte:
 * 32 how many words follow, 5 the bits of a word less one, four times 4 the bits of a count less one, then blocks: 1 whether it is a run, 2 which of the four
 * counts it has, the count less one; a run has one word, others have as many as the count says.
 */
const headBits = 32 + 5 + 4 * 4;
const wordBits = 8;
const channels = 4;
const alphaAt = 3;

/** Those that Label Studio writes. */
const countBits = [3, 4, 8, 16] as const;
const longestRun = 1 << countBits[3];

class BitWriter {
  #bytes = new Uint8Array(256);
  #bits = 0;

  write(value: number, bits: number): void {
    if ((this.#bits + bits + 7) >> 3 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    for (let bit = bits - 1; bit >= 0; bit--, this.#bits++) {
      if (((value >>> bit) & 1) === 1) this.#bytes[this.#bits >> 3] = (this.#bytes[this.#bits >> 3] as number) | (0x80 >> (this.#bits & 7));
    }
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, (this.#bits + 7) >> 3);
  }
}

/** All four channels are 255 inside and 0 outside, as the tool's own converter has it. */
export const packMask = ({ data }: Bitmap): Uint8Array => {
  const writer = new BitWriter();
  writer.write(data.length * channels, 32);
  writer.write(wordBits - 1, 5);
  for (const bits of countBits) writer.write(bits - 1, 4);
  for (let start = 0; start < data.length; ) {
    const value = data[start] as number;
    const next = data.indexOf(value === 0 ? 255 : 0, start);
    const end = next === -1 ? data.length : next;
    for (let left = (end - start) * channels; left > 0; left -= longestRun) {
      const count = Math.min(left, longestRun) - 1;
      const kind = countBits.findIndex((bits) => count < 1 << bits);
      writer.write(1, 1);
      writer.write(kind, 2);
      writer.write(count, countBits[kind] as number);
      writer.write(value, wordBits);
    }
    start = end;
  }
  return writer.finish();
};

/** What is wrong with packed bytes, and at which of them. */
export class PackFault extends Error {
  readonly byte: number;

  constructor(byte: number, message: string) {
    super(message);
    this.name = 'PackFault';
    this.byte = byte;
  }
}

class BitReader {
  readonly #bytes: Uint8Array;
  #bits = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get byte(): number {
    return this.#bits >> 3;
  }

  read(bits: number): number {
    if (this.#bits + bits > this.#bytes.length * 8) throw new PackFault(this.#bytes.length, 'the run lengths end before the picture is full');
    let value = 0;
    for (let left = bits; left > 0; ) {
      const inByte = 8 - (this.#bits & 7);
      const taken = Math.min(inByte, left);
      value = value * (1 << taken) + (((this.#bytes[this.#bits >> 3] as number) >> (inByte - taken)) & ((1 << taken) - 1));
      this.#bits += taken;
      left -= taken;
    }
    return value;
  }
}

/**
 * Alpha from 128 up is inside.
 * @param widthPx, heightPx as the region claims, checked against the limit by the caller
 * @throws PackFault
 */
export const unpackMask = (bytes: Uint8Array, widthPx: number, heightPx: number): Bitmap => {
  if (bytes.length * 8 < headBits) throw new PackFault(bytes.length, 'the run lengths end within their head');
  const reader = new BitReader(bytes);
  const words = reader.read(32);
  if (words !== widthPx * heightPx * channels) throw new PackFault(0, `the run lengths are of ${words} values, and ${widthPx} x ${heightPx} pixels have ${widthPx * heightPx * channels}`);
  if (reader.read(5) !== wordBits - 1) throw new PackFault(4, 'the values are not of 8 bits');
  const counts = Array.from({ length: 4 }, () => reader.read(4) + 1);
  const mask = emptyBitmap(widthPx, heightPx);
  for (let at = 0; at < words; ) {
    const isRun = reader.read(1) === 1;
    const end = at + reader.read(counts[reader.read(2)] as number) + 1;
    if (end > words) throw new PackFault(reader.byte, `a run reaches ${end - words} values beyond the picture`);
    if (isRun) {
      // The alphas from `at` to `end` are those of the pixels from at / 4 on.
      if (reader.read(wordBits) >= 128) mask.data.fill(255, at >>> 2, end >>> 2);
    } else {
      for (let word = at; word < end; word++) if (reader.read(wordBits) >= 128 && (word & 3) === alphaAt) mask.data[word >>> 2] = 255;
    }
    at = end;
  }
  return mask;
};
