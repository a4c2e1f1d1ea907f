import type { Rect } from '../mask/rect.ts';

/**
 * Side of a tile in pixels. 256: a stroke at 24 MP touches a few dozen tiles, and one is scanned and encoded in some tens of
 * microseconds (bench/editor.bench.ts); with 128 the bookkeeping, with 512 the bytes per small stroke grow.
 */
export const tileSizePx = 256;

/** How an image is cut into tiles, numbered row by row from the top left. Tiles at the right and bottom edge are cut off with the image. */
export interface TileGrid {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly columns: number;
  readonly rows: number;
}

export const tileGrid = (widthPx: number, heightPx: number): TileGrid => ({
  widthPx,
  heightPx,
  columns: Math.ceil(widthPx / tileSizePx),
  rows: Math.ceil(heightPx / tileSizePx),
});

export const tileCount = (grid: TileGrid): number => grid.columns * grid.rows;

/** The tile's place in the image; its pixels are row-major with this width as their stride. */
export const tileRect = (grid: TileGrid, index: number): Rect => {
  const xPx = (index % grid.columns) * tileSizePx;
  const yPx = Math.floor(index / grid.columns) * tileSizePx;
  return {
    xPx,
    yPx,
    widthPx: Math.min(tileSizePx, grid.widthPx - xPx),
    heightPx: Math.min(tileSizePx, grid.heightPx - yPx),
  };
};

export const tileAreaPx = (grid: TileGrid, index: number): number => {
  const rect = tileRect(grid, index);
  return rect.widthPx * rect.heightPx;
};

export const sameGrid = (a: TileGrid, b: TileGrid): boolean => a.widthPx === b.widthPx && a.heightPx === b.heightPx;
