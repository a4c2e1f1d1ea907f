import { present } from '../errors/errors.ts';
import type { Bitmap } from '../mask/bitmap.ts';
import { maxMaskPixels } from '../mask/rleBinary.ts';
import { ByteReader, ByteWriter } from '../mask/varint.ts';
import { decodeTile, sameTile } from './tileCodec.ts';
import { tileAreaPx, tileCount, tileGrid, tileRect, tileSizePx, type TileGrid } from './tileGrid.ts';
import type { TileState } from './tileState.ts';

/**
 * Soft coverage (0..255 a pixel) as tiles in the image's grid. A tile, compressed: pieces of
 *   count of 0s, count of 255s, count of others, the others' bytes
 * (counts are varints) until all its pixels are there. A matte is soft in a narrow band alone: a 24 MP one is some hundred kB.
 */
export interface Matte {
  readonly grid: TileGrid;
  readonly tiles: readonly Uint8Array[];
}

const formatVersion = 1;

const runLength = (pixels: Uint8Array, start: number, end: number, value: number): number => {
  let at = start;
  while (at < end && pixels[at] === value) at++;
  return at - start;
};

/** Shorter runs of 0 or 255 within soft pixels are written as pixels: a new piece costs three bytes. */
const leastRun = 4;

export const encodeMatteTile = (pixels: Uint8Array): Uint8Array => {
  const writer = new ByteWriter(64);
  const end = pixels.length;
  for (let at = 0; at < end; ) {
    const zeros = runLength(pixels, at, end, 0);
    at += zeros;
    const ones = runLength(pixels, at, end, 255);
    at += ones;
    const start = at;
    for (let plain = 0; at < end; at++) {
      const value = pixels[at];
      plain = value === 0 || value === 255 ? plain + 1 : 0;
      if (plain < leastRun) continue;
      at -= leastRun - 1;
      break;
    }
    writer.varint(zeros);
    writer.varint(ones);
    writer.varint(at - start);
    writer.bytes(pixels.subarray(start, at));
  }
  return writer.finish();
};

/** @param pixels receives exactly its length. @throws RangeError when the bytes are not exactly one tile of it */
export const decodeMatteTile = (tile: Uint8Array, pixels: Uint8Array): void => {
  const reader = new ByteReader(tile);
  let at = 0;
  while (!reader.atEnd) {
    const zeros = reader.varint();
    const ones = reader.varint();
    const others = reader.varint();
    if (at + zeros + ones + others > pixels.length) throw new RangeError('A tile of a matte has too many pixels');
    pixels.fill(0, at, at + zeros);
    pixels.fill(255, at + zeros, at + zeros + ones);
    pixels.set(reader.bytes(others), at + zeros + ones);
    at += zeros + ones + others;
  }
  if (at !== pixels.length) throw new RangeError('A tile of a matte has too few pixels');
};

/** As bytes: version, width, height, then each tile with its length. */
export const encodeMatte = ({ grid, tiles }: Matte): Uint8Array => {
  const writer = new ByteWriter(64 * 1024);
  writer.varint(formatVersion);
  writer.varint(grid.widthPx);
  writer.varint(grid.heightPx);
  for (const tile of tiles) {
    writer.varint(tile.length);
    writer.bytes(tile);
  }
  return writer.finish();
};

/** @throws RangeError when the bytes are not exactly one matte */
export const decodeMatte = (bytes: Uint8Array, maxPixels = maxMaskPixels): Matte => {
  const reader = new ByteReader(bytes);
  if (reader.varint() !== formatVersion) throw new RangeError('A matte of another format');
  const widthPx = reader.varint();
  const heightPx = reader.varint();
  if (widthPx * heightPx > maxPixels) throw new RangeError(`A matte of ${widthPx} x ${heightPx} px is larger than allowed`);
  const grid = tileGrid(widthPx, heightPx);
  const pixels = new Uint8Array(tileSizePx * tileSizePx);
  const tiles = Array.from({ length: tileCount(grid) }, (_, index) => {
    const tile = reader.bytes(reader.varint());
    decodeMatteTile(tile, pixels.subarray(0, tileAreaPx(grid, index)));
    return tile;
  });
  if (!reader.atEnd) throw new RangeError('There are bytes after the matte');
  return { grid, tiles };
};

/** @param alpha row-major, a byte a pixel */
export const matteOfPixels = (widthPx: number, heightPx: number, alpha: Uint8Array): Matte => {
  const grid = tileGrid(widthPx, heightPx);
  const pixels = new Uint8Array(tileSizePx * tileSizePx);
  const tiles = Array.from({ length: tileCount(grid) }, (_, index) => {
    const rect = tileRect(grid, index);
    for (let y = 0; y < rect.heightPx; y++) {
      const from = (rect.yPx + y) * widthPx + rect.xPx;
      pixels.set(alpha.subarray(from, from + rect.widthPx), y * rect.widthPx);
    }
    return encodeMatteTile(pixels.subarray(0, rect.widthPx * rect.heightPx));
  });
  return { grid, tiles };
};

/** Every pixel, row-major: what an encoder of files takes. Form as a mask's, with all values between. */
export const pixelsOfMatte = ({ grid, tiles }: Matte): Bitmap => {
  const data = new Uint8Array(grid.widthPx * grid.heightPx);
  const pixels = new Uint8Array(tileSizePx * tileSizePx);
  tiles.forEach((tile, index) => {
    const rect = tileRect(grid, index);
    decodeMatteTile(tile, pixels.subarray(0, tileAreaPx(grid, index)));
    for (let y = 0; y < rect.heightPx; y++) {
      data.set(pixels.subarray(y * rect.widthPx, (y + 1) * rect.widthPx), (rect.yPx + y) * grid.widthPx + rect.xPx);
    }
  });
  return { widthPx: grid.widthPx, heightPx: grid.heightPx, data };
};

/**
 * A matte that follows what was done to its mask since: where a pixel is on the other side now, the mask counts, hard; all other pixels keep their
 * coverage. Tiles that did not change are shared.
 * @param made the mask that the matte was made for @param now the mask as it is, of the same size
 */
export const followMask = (matte: Matte, made: TileState, now: TileState): Matte => {
  const [soft, before, after] = [0, 1, 2].map(() => new Uint8Array(tileSizePx * tileSizePx)) as [Uint8Array, Uint8Array, Uint8Array];
  const tiles = matte.tiles.map((tile, index) => {
    const madeTile = present(made.tiles[index], 'A tile of the mask before');
    const nowTile = present(now.tiles[index], 'A tile of the mask');
    if (sameTile(madeTile, nowTile)) return tile;
    const area = tileAreaPx(matte.grid, index);
    decodeMatteTile(tile, soft.subarray(0, area));
    decodeTile(madeTile, before.subarray(0, area));
    decodeTile(nowTile, after.subarray(0, area));
    for (let at = 0; at < area; at++) if (before[at] !== after[at]) soft[at] = after[at] as number;
    return encodeMatteTile(soft.subarray(0, area));
  });
  return tiles.every((tile, index) => tile === matte.tiles[index]) ? matte : { grid: matte.grid, tiles };
};

/** One pixel of {@link followMask}, without making all of it. Null beside the picture. */
export const matteValueAt = (matte: Matte, made: TileState | null, now: TileState, xPx: number, yPx: number): number | null => {
  const { grid } = matte;
  if (xPx < 0 || yPx < 0 || xPx >= grid.widthPx || yPx >= grid.heightPx) return null;
  const index = Math.floor(yPx / tileSizePx) * grid.columns + Math.floor(xPx / tileSizePx);
  const rect = tileRect(grid, index);
  const at = (yPx - rect.yPx) * rect.widthPx + xPx - rect.xPx;
  const pixels = new Uint8Array(tileAreaPx(grid, index));
  const read = (state: TileState): number => {
    decodeTile(present(state.tiles[index], 'A tile of the mask'), pixels);
    return pixels[at] as number;
  };
  const inside = read(now);
  if (made !== null && read(made) !== inside) return inside;
  decodeMatteTile(present(matte.tiles[index], 'A tile of the matte'), pixels);
  return pixels[at] as number;
};
