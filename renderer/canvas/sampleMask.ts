import { tileRect, tileSizePx } from '../../shared/edits/tileGrid.ts';
import { intersectRects, isEmptyRect, rectOfEdges, type Rect } from '../../shared/mask/rect.ts';
import { wordsOf } from '../../shared/mask/runEnd.ts';
import type { MaskDocument } from '../editor/maskDocument.ts';

/**
 * The mask at a level of detail: a pixel of level L stands for 2^L x 2^L image pixels (level 0 is the image itself).
 * Levels up to 7 exist: a block never lies in two tiles, and its count fits 16 bits.
 */
export const maxLevel = 7;

/** The level to show at a zoom: its pixels are 0.5 to 1 device pixels large, so that drawing it shrinks by less than two and never blurs. */
export const levelFor = (zoom: number): number => (zoom >= 1 ? 0 : Math.min(maxLevel, Math.floor(Math.log2(1 / zoom))));

/** What {@link sampleMask} does for one mask, or for what two masks differ in. */
export type MaskSampler = (level: number, area: Rect, shares: Uint8Array) => void;

export const samplerOf = (document: MaskDocument): MaskSampler => (level, area, shares) => sampleMask(document, level, area, shares);

/** What is inside in `document` and was not in `base`, as shares of each block. Both have the same size. */
export const samplerOfAdded = (document: MaskDocument, base: MaskDocument): MaskSampler => {
  let known = new Uint8Array(0);
  return (level, area, shares) => {
    const count = area.widthPx * area.heightPx;
    if (known.length < count) known = new Uint8Array(count);
    sampleMask(document, level, area, shares);
    sampleMask(base, level, area, known);
    for (let index = 0; index < count; index++) shares[index] = Math.max(0, (shares[index] as number) - (known[index] as number));
  };
};

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

const addInside = (level: number, count: number): void => {
  for (let x = 0; x < count; x++) sums[x >>> level] = (sums[x >>> level] as number) + 1;
};

/** Adds a row's inside pixels to their blocks; from level 2 on four at a time where they are alike, which is nearly everywhere. */
const addRow = (level: number, pixels: Uint8Array, words: Uint32Array, start: number, count: number): void => {
  let x = 0;
  if (level >= 2 && (start & 3) === 0) {
    for (let word = start >>> 2; x + 4 <= count; x += 4, word++) {
      const four = words[word] as number;
      if (four === 0) continue;
      const block = x >>> level;
      const inside =
        four === 0xffffffff ? 4 : ((four >>> 7) & 1) + ((four >>> 15) & 1) + ((four >>> 23) & 1) + (four >>> 31);
      sums[block] = (sums[block] as number) + inside;
    }
  }
  for (; x < count; x++) sums[x >>> level] = (sums[x >>> level] as number) + ((pixels[start + x] as number) >>> 7);
};

const noWords = new Uint32Array(0);

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
  const words = typeof tile === 'number' ? noWords : wordsOf(tile);
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
    for (let row = firstRow; row < firstRow + rows; row++) {
      if (tile === 255) addInside(level, right - left);
      else addRow(level, tile, words, row * rect.widthPx + left, right - left);
    }
    for (let x = 0; x < wanted.widthPx; x++) shares[target + x] = Math.round((sums[x] as number) * perBlock);
  }
};
