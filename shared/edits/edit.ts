import type { EncodedTile } from './tileCodec.ts';

/** What a tile was and what it became. Kept by reference: the `after` of one edit is often the `before` of the next. */
export interface TileChange {
  /** In the image's tile grid (tileGrid.ts). */
  readonly index: number;
  readonly before: EncodedTile;
  readonly after: EncodedTile;
}

/** A reversible change of a mask, as data: it can be applied, inverted, squashed, counted and stored. Never a closure. */
export interface Edit {
  readonly widthPx: number;
  readonly heightPx: number;
  /** By ascending index, each index once, `before` unlike `after`. */
  readonly tiles: readonly TileChange[];
}

/** A step that changes no pixel: something beside the mask belongs to it. */
export const emptyEdit = ({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): Edit => ({ widthPx, heightPx, tiles: [] });

/** What a small typed array and its record cost beside their bytes in V8, measured: about 200 bytes an array. */
const overheadBytes = 200;

/** Memory that the edit holds, at most: arrays shared with other edits are counted in each, uniform tiles (one byte, shared by all) not at all. */
export const editBytes = (edit: Edit): number => {
  let bytes = overheadBytes;
  for (const { before, after } of edit.tiles) {
    bytes += overheadBytes / 2;
    if (before.length > 1) bytes += before.length + overheadBytes;
    if (after.length > 1) bytes += after.length + overheadBytes;
  }
  return bytes;
};
