import { decodeMatteTile } from '../../shared/edits/matte.ts';
import { decodeTile } from '../../shared/edits/tileCodec.ts';
import { tileAreaPx, tileRect, tileSizePx } from '../../shared/edits/tileGrid.ts';
import { present } from '../../shared/errors/errors.ts';
import { intersectRects, isEmptyRect, type Rect } from '../../shared/mask/rect.ts';
import type { ShownMatte } from '../editor/matte/mattes.ts';
import type { MaskDocument } from '../editor/maskDocument.ts';
import type { MaskSampler } from './sampleMask.ts';

/** Decoded tiles kept, 4 MB: of a level's blocks neighbours are asked for in turn. */
const maxKeptTiles = 64;

/** Coverage of one tile as it counts now: where the mask was painted on since the matte was made, the mask. */
const pixelsOf = ({ matte, made }: ShownMatte, document: MaskDocument, index: number): Uint8Array => {
  const area = tileAreaPx(matte.grid, index);
  const pixels = new Uint8Array(area);
  decodeMatteTile(present(matte.tiles[index], 'A tile of the matte'), pixels);
  if (made === null) return pixels;
  const before = new Uint8Array(area);
  decodeTile(present(made.tiles[index], 'A tile of its mask'), before);
  const now = document.readTile(index);
  for (let at = 0; at < area; at++) {
    const inside = typeof now === 'number' ? now : -((now[at] as number) >>> 7) & 255;
    if (inside !== before[at]) pixels[at] = inside;
  }
  return pixels;
};

/** Adds a tile's coverage to the blocks of a level that lie in `area`. */
const addTile = (pixels: Uint8Array, tile: Rect, level: number, area: Rect, sums: Float64Array): void => {
  const part = intersectRects(tile, { xPx: area.xPx << level, yPx: area.yPx << level, widthPx: area.widthPx << level, heightPx: area.heightPx << level });
  if (isEmptyRect(part)) return;
  for (let y = part.yPx; y < part.yPx + part.heightPx; y++) {
    const from = (y - tile.yPx) * tile.widthPx - tile.xPx;
    const to = ((y >> level) - area.yPx) * area.widthPx - area.xPx;
    for (let x = part.xPx; x < part.xPx + part.widthPx; x++) {
      const at = to + (x >> level);
      sums[at] = (sums[at] as number) + (pixels[from + x] as number);
    }
  }
};

/** As sampleMask.ts does it for masks: the mean coverage of each level pixel's block. */
export const samplerOfMatte = (shown: ShownMatte, document: MaskDocument): MaskSampler => {
  const kept = new Map<number, Uint8Array>();
  const { grid } = shown.matte;
  let sums = new Float64Array(0);
  const tileAt = (index: number): Uint8Array => {
    const known = kept.get(index);
    if (known !== undefined) return known;
    const pixels = pixelsOf(shown, document, index);
    // What follows its mask changes with every stroke.
    if (shown.made === null) {
      const [oldest] = kept.keys();
      if (kept.size >= maxKeptTiles && oldest !== undefined) kept.delete(oldest);
      kept.set(index, pixels);
    }
    return pixels;
  };
  return (level, area, shares) => {
    const count = area.widthPx * area.heightPx;
    if (sums.length < count) sums = new Float64Array(count);
    sums.fill(0, 0, count);
    const perTile = tileSizePx >>> level;
    for (let row = Math.max(0, Math.floor(area.yPx / perTile)); row < Math.min(grid.rows, Math.ceil((area.yPx + area.heightPx) / perTile)); row++) {
      for (let column = Math.max(0, Math.floor(area.xPx / perTile)); column < Math.min(grid.columns, Math.ceil((area.xPx + area.widthPx) / perTile)); column++) {
        const index = row * grid.columns + column;
        addTile(tileAt(index), tileRect(grid, index), level, area, sums);
      }
    }
    const perBlock = 1 / (1 << (2 * level));
    for (let at = 0; at < count; at++) shares[at] = Math.round((sums[at] as number) * perBlock);
  };
};
