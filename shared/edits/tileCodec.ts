import { tileSizePx } from './tileGrid.ts';

/**
 * A tile's coverage bytes, compressed: one of
 *   0, value                        every pixel has this value
 *   1, run, run, ...                0 and 255 alone: run lengths that alternate, beginning with 0 (its first run may be empty)
 *   2, header, bytes, header, ...   anything: header = length * 2 + 1 and one byte for a run, length * 2 and so many bytes otherwise
 * Numbers are unsigned LEB128. The form is canonical: equal pixels give equal bytes, so tiles are compared without decoding.
 */
export type EncodedTile = Uint8Array;

const uniformTag = 0;
const binaryTag = 1;
const coverageTag = 2;

const uniformTiles: readonly EncodedTile[] = Array.from({ length: 256 }, (_, value) => Uint8Array.of(uniformTag, value));

/** The same object for the same value: uniform tiles cost nothing. */
export const uniformTile = (value: number): EncodedTile => uniformTiles[value & 0xff] as EncodedTile;

/** The value of all pixels, or -1 when they differ. */
export const uniformValue = (tile: EncodedTile): number => (tile[0] === uniformTag ? (tile[1] as number) : -1);

/** Worst case: two-byte headers around literals, or a byte a pixel. Kept for all calls: encoding is synchronous. */
const output = new Uint8Array(tileSizePx * tileSizePx * 2 + 16);
let outputLength = 0;

const writeVarint = (value: number): void => {
  let rest = value;
  while (rest >= 0x80) {
    output[outputLength++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  output[outputLength++] = rest;
};

/** First index from `start` on whose value differs, four pixels at a time: 64 KB take some 10 microseconds. */
const runEnd = (pixels: Uint8Array, words: Uint32Array, start: number, value: number): number => {
  let index = start;
  const { length } = pixels;
  while ((index & 3) !== 0 && index < length && pixels[index] === value) index++;
  if ((index & 3) !== 0) return index;
  const pattern = (value * 0x01010101) >>> 0;
  let word = index >>> 2;
  while (word < words.length && words[word] === pattern) word++;
  index = word << 2;
  while (index < length && pixels[index] === value) index++;
  return index;
};

const encodeCoverage = (pixels: Uint8Array, words: Uint32Array): EncodedTile => {
  outputLength = 0;
  output[outputLength++] = coverageTag;
  let literalStart = 0;
  let index = 0;
  const flushLiterals = (end: number): void => {
    if (end === literalStart) return;
    writeVarint((end - literalStart) * 2);
    output.set(pixels.subarray(literalStart, end), outputLength);
    outputLength += end - literalStart;
  };
  while (index < pixels.length) {
    const value = pixels[index] as number;
    const end = runEnd(pixels, words, index, value);
    if (end - index >= 4) {
      flushLiterals(index);
      writeVarint((end - index) * 2 + 1);
      output[outputLength++] = value;
      literalStart = end;
    }
    index = end;
  }
  flushLiterals(pixels.length);
  return output.slice(0, outputLength);
};

/** @param pixels coverage of one tile, at most 256 x 256, at an offset in its buffer that is a multiple of 4 */
export const encodeTile = (pixels: Uint8Array): EncodedTile => {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length >>> 2);
  const first = pixels[0] as number;
  let end = runEnd(pixels, words, 0, first);
  if (end === pixels.length) return uniformTile(first);
  if (first !== 0 && first !== 255) return encodeCoverage(pixels, words);
  outputLength = 0;
  output[outputLength++] = binaryTag;
  if (first === 255) writeVarint(0);
  writeVarint(end);
  let value = first;
  while (end < pixels.length) {
    value ^= 255;
    if (pixels[end] !== value) return encodeCoverage(pixels, words);
    const start = end;
    end = runEnd(pixels, words, start, value);
    writeVarint(end - start);
  }
  return output.slice(0, outputLength);
};

/** Writes the tile's coverage into `pixels`, which has the tile's area as its length. @throws RangeError when the bytes are not a tile of that area */
export const decodeTile = (tile: EncodedTile, pixels: Uint8Array): void => {
  const tag = tile[0];
  if (tag === uniformTag) {
    if (tile.length !== 2) throw new RangeError('A uniform tile has exactly one value');
    pixels.fill(tile[1] as number);
    return;
  }
  if (tag !== binaryTag && tag !== coverageTag) throw new RangeError('Not a tile');
  let offset = 1;
  let position = 0;
  let value = 0;
  while (offset < tile.length) {
    let number = 0;
    let shift = 0;
    for (;;) {
      const byte = tile[offset++];
      if (byte === undefined || shift > 21) throw new RangeError('The tile ends in the middle of a number');
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
      shift += 7;
    }
    const length = tag === binaryTag ? number : number >>> 1;
    const end = position + length;
    if (end > pixels.length) throw new RangeError('The tile has too many pixels');
    if (tag === binaryTag) {
      pixels.fill(value, position, end);
      value ^= 255;
    } else if ((number & 1) === 1) {
      const run = tile[offset++];
      if (run === undefined) throw new RangeError('The tile ends in the middle of a run');
      pixels.fill(run, position, end);
    } else {
      if (offset + length > tile.length) throw new RangeError('The tile ends too early');
      for (let index = 0; index < length; index++) pixels[position + index] = tile[offset + index] as number;
      offset += length;
    }
    position = end;
  }
  if (position !== pixels.length) throw new RangeError('The tile has too few pixels');
};

export const sameTile = (a: EncodedTile, b: EncodedTile): boolean => {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
};
