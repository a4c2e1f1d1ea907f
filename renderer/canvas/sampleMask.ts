import { tileRect, tileSizePx } from '../../shared/edits/tileGrid.ts';
import { intersectRects, isEmptyRect, rectOfEdges, type Rect } from '../../shared/mask/rect.ts';
import type { MaskDocument } from '../editor/maskDocument.ts';

/**
 * The mask at a level of detail: a pixel of level L stands for 2^L x 2^L image pixels (level 0 is the image itself).
 * Levels up to 7 exist: a block never lies in two tiles, and its count fits 16 bits.
 */
export const maxLevel = 7;

/** The level to show at a zoom: its pixels are 0.5 to 1 device pixels large, so that drawing it shrinks by less than two and never blurs. */
export const levelFor = (zoom: number): number => (zoom >= 1 ? 0 : Math.min(maxLevel, Math.floor(Math.log2(1 / zoom))));

const sums = new Uint16Array(tileSizePx);

/**
 * Writes the share (0..255) of each level pixel's block that is inside into `shares`, row-major, `area.widthPx` a row.
 * @param area in pixels of the level; what is beyond the image is outside
 */
export const sampleMask = (document: MaskDocument, level: number, area: Rect, shares: Uint8Array): void => {
  const { grid } = document;
  const perTile = tileSizePx >>> level;
  shares.fill(0, 0, area.widthPx * area.heightPx);
  const last = (limit: number, end: number): number => Math.min(limit, Math.ceil(end / perTile));
  for (let row = Math.max(0, Math.floor(area.yPx / perTile)); row < last(grid.rows, area.yPx + area.heightPx); row++) {
    for (let column = Math.max(0, Math.floor(area.xPx / perTile)); column < last(grid.columns, area.xPx + area.widthPx); column++) {
      sampleTile(document, level, area, row * grid.columns + column, shares);
    }
  }
};

const sampleTile = (document: MaskDocument, level: number, area: Rect, index: number, shares: Uint8Array): void => {
  const tile = document.readTile(index);
  if (tile === 0) return;
  const rect = tileRect(document.grid, index);
  const blockPx = 1 << level;
  const inTile = rectOfEdges(
    rect.xPx >> level,
    rect.yPx >> level,
    Math.ceil((rect.xPx + rect.widthPx) / blockPx),
    Math.ceil((rect.yPx + rect.heightPx) / blockPx),
  );
  const wanted = intersectRects(area, inTile);
  if (isEmptyRect(wanted)) return;
  const perBlock = 255 / (blockPx * blockPx);
  const left = (wanted.xPx << level) - rect.xPx;
  const right = Math.min(rect.widthPx, left + (wanted.widthPx << level));
  for (let y = wanted.yPx; y < wanted.yPx + wanted.heightPx; y++) {
    const target = (y - area.yPx) * area.widthPx + wanted.xPx - area.xPx;
    const firstRow = (y << level) - rect.yPx;
    const rows = Math.min(blockPx, rect.heightPx - firstRow);
    if (level === 0) {
      if (tile === 255) shares.fill(255, target, target + wanted.widthPx);
      else for (let x = left, at = target; x < right; x++, at++) shares[at] = -((tile[firstRow * rect.widthPx + x] as number) >>> 7);
      continue;
    }
    if (tile === 255 && rows === blockPx && right - left === wanted.widthPx << level) {
      shares.fill(255, target, target + wanted.widthPx);
      continue;
    }
    sums.fill(0, 0, wanted.widthPx);
    for (let blockRow = 0; blockRow < rows; blockRow++) {
      const start = (firstRow + blockRow) * rect.widthPx;
      for (let x = left; x < right; x++) {
        const inside = tile === 255 ? 1 : (tile[start + x] as number) >>> 7;
        sums[(x - left) >>> level] = (sums[(x - left) >>> level] as number) + inside;
      }
    }
    for (let x = 0; x < wanted.widthPx; x++) shares[target + x] = Math.round((sums[x] as number) * perBlock);
  }
};
