import { maxMaskPixels } from '../mask/rleBinary.ts';
import { ByteReader } from '../mask/varint.ts';
import { encodeTile, type EncodedTile } from './tileCodec.ts';
import { tileCount, tileGrid, tileRect, tileSizePx, type TileGrid } from './tileGrid.ts';
import type { TileState } from './tileState.ts';

/** Cuts a mask into tiles one band (a row of tiles) at a time. `bandAt` gives a band's rows, `widthPx` bytes each. */
export const cutIntoTiles = (grid: TileGrid, bandAt: (firstRow: number, rowCount: number) => Uint8Array): TileState => {
  const tiles = new Array<EncodedTile>(tileCount(grid));
  const scratch = new Uint8Array(tileSizePx * tileSizePx);
  for (let tileRow = 0; tileRow < grid.rows; tileRow++) {
    const firstRow = tileRow * tileSizePx;
    const rowCount = Math.min(tileSizePx, grid.heightPx - firstRow);
    const band = bandAt(firstRow, rowCount);
    for (let column = 0; column < grid.columns; column++) {
      const index = tileRow * grid.columns + column;
      const { xPx, widthPx } = tileRect(grid, index);
      for (let row = 0; row < rowCount; row++) {
        const start = row * grid.widthPx + xPx;
        scratch.set(band.subarray(start, start + widthPx), row * widthPx);
      }
      tiles[index] = encodeTile(scratch.subarray(0, widthPx * rowCount));
    }
  }
  return { grid, tiles };
};

/** Straight from the runs: the whole mask is never in memory as bytes. @throws RangeError when the bytes are not exactly one mask */
export const tilesOfRle = (rle: Uint8Array): TileState => {
  const reader = new ByteReader(rle);
  const widthPx = reader.varint();
  const heightPx = reader.varint();
  if (widthPx * heightPx > maxMaskPixels) throw new RangeError(`A mask of ${widthPx} x ${heightPx} is larger than allowed`);
  const grid = tileGrid(widthPx, heightPx);
  const band = new Uint8Array(widthPx * Math.min(tileSizePx, heightPx));
  let value = 255;
  let left = 0;
  const state = cutIntoTiles(grid, (_, rowCount) => {
    const length = rowCount * widthPx;
    let position = 0;
    while (position < length) {
      while (left === 0) {
        if (reader.atEnd) throw new RangeError('The runs are shorter than the mask');
        left = reader.varint();
        value ^= 255;
      }
      const taken = Math.min(left, length - position);
      band.fill(value, position, position + taken);
      position += taken;
      left -= taken;
    }
    return band;
  });
  while (left === 0 && !reader.atEnd) left = reader.varint();
  if (left !== 0) throw new RangeError('The runs are longer than the mask');
  return state;
};
