import type { PartOperation } from '../domain/maskPart.ts';
import { present } from '../errors/errors.ts';
import { decodeTile, encodeTile, sameTile, uniformTile, uniformValue, type EncodedTile } from './tileCodec.ts';
import { sameGrid, tileAreaPx, tileSizePx, type TileGrid } from './tileGrid.ts';
import type { TileState } from './tileState.ts';

/** A part of a recipe as it counts now, as tiles; see shared/mask/combineParts.ts, whose law this follows. */
export interface TileLayer {
  readonly operation: PartOperation;
  readonly mask: TileState;
  /** Off: as if it were not there. */
  readonly isOn: boolean;
}

const joined = new Uint8Array(tileSizePx * tileSizePx);
const part = new Uint8Array(tileSizePx * tileSizePx);

/** Null: pixels are needed to tell. */
const joinUniform = (before: EncodedTile, tile: EncodedTile, operation: PartOperation): EncodedTile | null => {
  const [was, is] = [uniformValue(before), uniformValue(tile)];
  if (operation === 'add') return was === 255 || is === 0 ? before : is === 255 || was === 0 ? tile : null;
  if (operation === 'subtract') return was === 0 || is === 0 ? before : is === 255 ? uniformTile(0) : null;
  return was === 0 || is === 255 ? before : is === 0 || was === 255 ? tile : null;
};

const joinTile = (before: EncodedTile, tile: EncodedTile, operation: PartOperation, areaPx: number): EncodedTile => {
  const known = joinUniform(before, tile, operation);
  if (known !== null) return known;
  const [pixels, other] = [joined.subarray(0, areaPx), part.subarray(0, areaPx)];
  decodeTile(before, pixels);
  decodeTile(tile, other);
  if (operation === 'add') for (let at = 0; at < areaPx; at++) pixels[at] = (pixels[at] as number) | (other[at] as number);
  else if (operation === 'subtract') for (let at = 0; at < areaPx; at++) pixels[at] = (pixels[at] as number) & ~(other[at] as number);
  else for (let at = 0; at < areaPx; at++) pixels[at] = (pixels[at] as number) & (other[at] as number);
  return encodeTile(pixels);
};

/**
 * Parts to one mask, in their order, tile by tile: those that one part alone decides are not decoded, so that 24 MP take a few milliseconds where
 * whole bitmaps take hundreds.
 * @throws RangeError when sizes differ
 */
export const combineTiles = (layers: readonly TileLayer[], grid: TileGrid): TileState => {
  for (const { mask } of layers) {
    if (!sameGrid(mask.grid, grid)) throw new RangeError(`A part of ${mask.grid.widthPx} x ${mask.grid.heightPx} does not lie on a mask of ${grid.widthPx} x ${grid.heightPx}`);
  }
  const on = layers.filter(({ isOn }) => isOn);
  const tiles = Array.from({ length: grid.columns * grid.rows }, (_, index) =>
    on.reduce<EncodedTile>((before, { mask, operation }) => joinTile(before, present(mask.tiles[index], 'A tile of a part'), operation, tileAreaPx(grid, index)), uniformTile(0)),
  );
  return { grid, tiles };
};

/**
 * The mask `next` with everything that a person did to `before` still in it: where `edited` differs from `before`, `edited` counts.
 * All three have the same size.
 */
export const keepEdits = (next: TileState, before: TileState, edited: TileState): TileState => {
  const was = new Uint8Array(tileSizePx * tileSizePx);
  const tiles = next.tiles.map((tile, index): EncodedTile => {
    const [original, now] = [present(before.tiles[index], 'A tile as it was'), present(edited.tiles[index], 'A tile as it is')];
    if (sameTile(original, now)) return tile;
    if (sameTile(original, tile)) return now;
    const areaPx = tileAreaPx(next.grid, index);
    const [pixels, other, first] = [joined.subarray(0, areaPx), part.subarray(0, areaPx), was.subarray(0, areaPx)];
    decodeTile(tile, pixels);
    decodeTile(now, other);
    decodeTile(original, first);
    for (let at = 0; at < areaPx; at++) if (other[at] !== first[at]) pixels[at] = other[at] as number;
    return encodeTile(pixels);
  });
  return { grid: next.grid, tiles };
};
