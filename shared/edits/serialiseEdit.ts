import { ByteReader, ByteWriter } from '../mask/varint.ts';
import { maxMaskPixels } from '../mask/rleBinary.ts';
import type { Edit, TileChange } from './edit.ts';
import { decodeTile, type EncodedTile } from './tileCodec.ts';
import { tileAreaPx, tileCount, tileGrid, tileSizePx, type TileGrid } from './tileGrid.ts';

const formatVersion = 1;

/** The edit as bytes, varints (shared/mask/varint.ts): version, tile side, width, height, count; a tile: index, length, before, length, after. */
export const encodeEdit = (edit: Edit): Uint8Array => {
  const writer = new ByteWriter();
  writer.varint(formatVersion);
  writer.varint(tileSizePx);
  writer.varint(edit.widthPx);
  writer.varint(edit.heightPx);
  writer.varint(edit.tiles.length);
  for (const { index, before, after } of edit.tiles) {
    writer.varint(index);
    for (const tile of [before, after]) {
      writer.varint(tile.length);
      writer.bytes(tile);
    }
  }
  return writer.finish();
};

const scratch = new Uint8Array(tileSizePx * tileSizePx);

const readTile = (reader: ByteReader, grid: TileGrid, index: number): EncodedTile => {
  const tile = reader.bytes(reader.varint());
  decodeTile(tile, scratch.subarray(0, tileAreaPx(grid, index)));
  return tile;
};

/** @throws RangeError when the bytes are not exactly one edit: they may come from a torn file */
export const decodeEdit = (bytes: Uint8Array): Edit => {
  const reader = new ByteReader(bytes);
  if (reader.varint() !== formatVersion || reader.varint() !== tileSizePx) throw new RangeError('An edit of another format');
  const widthPx = reader.varint();
  const heightPx = reader.varint();
  if (widthPx * heightPx > maxMaskPixels) throw new RangeError(`An edit of ${widthPx} x ${heightPx} px is larger than allowed`);
  const grid = tileGrid(widthPx, heightPx);
  const tiles: TileChange[] = [];
  let previousIndex = -1;
  for (let left = reader.varint(); left > 0; left--) {
    const index = reader.varint();
    if (index <= previousIndex || index >= tileCount(grid)) throw new RangeError(`Tile ${index} is out of order or outside the mask`);
    tiles.push({ index, before: readTile(reader, grid, index), after: readTile(reader, grid, index) });
    previousIndex = index;
  }
  if (!reader.atEnd) throw new RangeError('There are bytes after the edit');
  return { widthPx, heightPx, tiles };
};
