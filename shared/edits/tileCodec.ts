import { runEnd, wordsOf } from '../mask/runEnd.ts';
import { tileSizePx } from './tileGrid.ts';

/**
 * A tile of a mask, compressed: one of
 *   0                     every pixel is outside
 *   1                     every pixel is inside
 *   2, run, run, ...      run lengths that alternate, beginning with outside (its first run may be empty), unsigned LEB128
 * The form is canonical: equal masks give equal bytes, so tiles are compared without decoding.
 */
export type EncodedTile = Uint8Array;

const outsideTag = 0;
const insideTag = 1;
const runsTag = 2;

/** The same objects for all: uniform tiles cost nothing. */
const outsideTile: EncodedTile = Uint8Array.of(outsideTag);
const insideTile: EncodedTile = Uint8Array.of(insideTag);

export const uniformTile = (value: 0 | 255): EncodedTile => (value === 0 ? outsideTile : insideTile);

/** The value of all pixels, or null when they differ. */
export const uniformValue = (tile: EncodedTile): 0 | 255 | null => (tile[0] === outsideTag ? 0 : tile[0] === insideTag ? 255 : null);

/** Worst case: a byte a pixel. Kept for all calls: encoding is synchronous. */
const output = new Uint8Array(tileSizePx * tileSizePx + 16);
let outputLength = 0;

const writeVarint = (value: number): void => {
  let rest = value;
  while (rest >= 0x80) {
    output[outputLength++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  output[outputLength++] = rest;
};

/** @param pixels of one tile, at most 256 x 256, inside from 128 on, at an offset in its buffer that is a multiple of 4 */
export const encodeTile = (pixels: Uint8Array): EncodedTile => {
  const { length } = pixels;
  const words = wordsOf(pixels);
  const first = (pixels[0] as number) >>> 7;
  let end = runEnd(pixels, words, 0, length, first);
  if (end === length) return uniformTile(first === 0 ? 0 : 255);
  outputLength = 0;
  output[outputLength++] = runsTag;
  if (first === 1) writeVarint(0);
  writeVarint(end);
  let inside = first;
  while (end < length) {
    const start = end;
    inside ^= 1;
    end = runEnd(pixels, words, start, length, inside);
    writeVarint(end - start);
  }
  return output.slice(0, outputLength);
};

/** Fills `pixels`, whose length is the tile's area, with 0 and 255. @throws RangeError when the bytes are not a tile of that area */
export const decodeTile = (tile: EncodedTile, pixels: Uint8Array): void => {
  const uniform = uniformValue(tile);
  if (uniform !== null && tile.length === 1) {
    pixels.fill(uniform);
    return;
  }
  if (tile[0] !== runsTag) throw new RangeError('Not a tile');
  let offset = 1;
  let position = 0;
  let value = 0;
  while (offset < tile.length) {
    let run = 0;
    let shift = 0;
    for (;;) {
      const byte = tile[offset++];
      if (byte === undefined || shift > 21) throw new RangeError('The tile ends in the middle of a number');
      run |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
      shift += 7;
    }
    const end = position + run;
    if (end > pixels.length) throw new RangeError('The tile has too many pixels');
    pixels.fill(value, position, end);
    position = end;
    value ^= 255;
  }
  if (position !== pixels.length) throw new RangeError('The tile has too few pixels');
};

export const sameTile = (a: EncodedTile, b: EncodedTile): boolean => {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
};
