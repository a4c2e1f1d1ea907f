import { decodeTile, encodeTile, sameTile, uniformTile, uniformValue, type EncodedTile } from '../../../shared/edits/tileCodec.ts';
import { tileRect, tileSizePx } from '../../../shared/edits/tileGrid.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import type { Rect } from '../../../shared/mask/rect.ts';
import { rowCount, type RowRuns } from '../../../shared/mask/rowRuns.ts';
import type { Join } from '../../../shared/prompts/prompt.ts';

const outside = uniformTile(0);
const inside = uniformTile(255);
const pixels = new Uint8Array(tileSizePx * tileSizePx);
const joined = new Uint8Array(tileSizePx * tileSizePx);

/** Calls back with each part of a run that lies in the tile: its place in the tile's own bytes. */
const eachRunInTile = (region: RowRuns, rect: Rect, visit: (start: number, end: number) => void): void => {
  const right = rect.xPx + rect.widthPx;
  for (let y = Math.max(rect.yPx, region.top); y < Math.min(rect.yPx + rect.heightPx, region.top + rowCount(region)); y++) {
    const row = (y - rect.yPx) * rect.widthPx - rect.xPx;
    for (let run = region.offsets[y - region.top] as number; run < (region.offsets[y - region.top + 1] as number); run++) {
      const start = Math.max(rect.xPx, region.runs[2 * run] as number);
      const end = Math.min(right, region.runs[2 * run + 1] as number);
      if (start < end) visit(row + start, row + end);
    }
  }
};

/** How many pixels of each tile in a row of tiles are in the region. */
const countCovered = (region: RowRuns, covered: Int32Array, top: number, bottom: number): void => {
  covered.fill(0);
  for (let y = Math.max(top, region.top); y < Math.min(bottom, region.top + rowCount(region)); y++) {
    for (let run = region.offsets[y - region.top] as number; run < (region.offsets[y - region.top + 1] as number); run++) {
      let start = region.runs[2 * run] as number;
      const end = region.runs[2 * run + 1] as number;
      while (start < end) {
        const column = Math.floor(start / tileSizePx);
        const stop = Math.min(end, (column + 1) * tileSizePx);
        covered[column] = (covered[column] as number) + stop - start;
        start = stop;
      }
    }
  }
};

const joinPartly = (tile: EncodedTile, region: RowRuns, rect: Rect, join: Join): EncodedTile => {
  const areaPx = rect.widthPx * rect.heightPx;
  const before = pixels.subarray(0, areaPx);
  const after = joined.subarray(0, areaPx);
  if (join === 'replace') after.fill(0);
  else decodeTile(tile, before);
  if (join === 'intersect') after.fill(0);
  else if (join !== 'replace') after.set(before);
  eachRunInTile(region, rect, (start, end) => {
    if (join === 'intersect') after.set(before.subarray(start, end), start);
    else after.fill(join === 'subtract' ? 0 : 255, start, end);
  });
  const encoded = encodeTile(after);
  return sameTile(encoded, tile) ? tile : encoded;
};

/** Tiles all of which are in the region, or none of which is, need not be opened. */
const joinWhole = (tile: EncodedTile, isCovered: boolean, join: Join): EncodedTile => {
  if (join === 'add') return isCovered ? inside : tile;
  if (join === 'subtract') return isCovered ? outside : tile;
  if (join === 'replace') return isCovered ? inside : outside;
  return isCovered ? tile : outside;
};

/**
 * A mask joined with a region that lies in the image. Tiles that stay as they are keep their bytes; only those that the region's border crosses are
 * opened, so that a shape can follow the pointer at 24 MP.
 */
export const joinRegion = (state: TileState, region: RowRuns, join: Join): TileState => {
  const { grid } = state;
  const covered = new Int32Array(grid.columns);
  const tiles = state.tiles.map((tile, index) => {
    const rect = tileRect(grid, index);
    const column = index % grid.columns;
    if (column === 0) countCovered(region, covered, rect.yPx, rect.yPx + rect.heightPx);
    const coveredPx = covered[column] as number;
    if (coveredPx === 0 || coveredPx === rect.widthPx * rect.heightPx) return joinWhole(tile, coveredPx > 0, join);
    const value = uniformValue(tile);
    if ((join === 'add' && value === 255) || ((join === 'subtract' || join === 'intersect') && value === 0)) return tile;
    return joinPartly(tile, region, rect, join);
  });
  return { grid, tiles };
};
