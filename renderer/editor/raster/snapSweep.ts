import { uniformValue } from '../../../shared/edits/tileCodec.ts';
import { tileRect, tileSizePx, type TileGrid } from '../../../shared/edits/tileGrid.ts';
import { intersectRects, rectOfEdges, type Rect } from '../../../shared/mask/rect.ts';
import { snapDisc, type LabWindow } from '../../../shared/picture/snapDisc.ts';
import { mostSnapRadiusPx } from '../../stores/toolOptions.ts';
import type { Transaction } from '../transaction.ts';
import type { Dab } from './capsuleSpans.ts';

/** Discs this far apart, in shares of the radius, leave no scallops that anybody would see. */
const spacingShare = 0.25;
/** In one go: a flick across the picture gets them farther apart, up to a radius. A disc of 200 px takes 3 ms. */
const mostDiscs = 8;

/** How far apart the discs of one go are, imagePx. @param lengthPx of the whole way that is painted in it, however many places it has */
export const discSpacingPx = (lengthPx: number, radiusPx: number): number => Math.max(radiusPx * spacingShare, Math.min(radiusPx, lengthPx / mostDiscs), 1);

/** Kept for all strokes: painting allocates nothing. */
let covered = new Uint8Array(64 * 64);

const discRect = ({ xImagePx, yImagePx, radiusPx }: Dab, { widthPx, heightPx }: TileGrid): Rect =>
  rectOfEdges(
    Math.max(0, Math.floor(xImagePx - radiusPx)),
    Math.max(0, Math.floor(yImagePx - radiusPx)),
    Math.min(widthPx, Math.ceil(xImagePx + radiusPx)),
    Math.min(heightPx, Math.ceil(yImagePx + radiusPx)),
  );

/** Sets the covered pixels of the rectangle; tiles that are all `value` already are not touched. */
const paintCovered = (transaction: Transaction, rect: Rect, value: number): void => {
  const { grid } = transaction;
  const lastRow = Math.floor((rect.yPx + rect.heightPx - 1) / tileSizePx);
  const lastColumn = Math.floor((rect.xPx + rect.widthPx - 1) / tileSizePx);
  for (let row = Math.floor(rect.yPx / tileSizePx); row <= lastRow; row++) {
    for (let column = Math.floor(rect.xPx / tileSizePx); column <= lastColumn; column++) {
      const index = row * grid.columns + column;
      if (transaction.pixelsOf(index) === undefined && uniformValue(transaction.encodedBefore(index)) === value) continue;
      const tile = tileRect(grid, index);
      const shared = intersectRects(tile, rect);
      const pixels = transaction.write(index);
      for (let y = shared.yPx; y < shared.yPx + shared.heightPx; y++) {
        const from = (y - rect.yPx) * rect.widthPx - rect.xPx;
        const to = (y - tile.yPx) * tile.widthPx - tile.xPx;
        for (let x = shared.xPx; x < shared.xPx + shared.widthPx; x++) if (covered[from + x] !== 0) pixels[to + x] = value;
      }
      transaction.changed(index, shared);
    }
  }
};

export interface SnapParts {
  readonly transaction: Transaction;
  /** 255 paints, 0 erases. */
  readonly value: 0 | 255;
  /** How unlike a colour may be, a level of shared/picture/oklab.ts. */
  readonly level: number;
  /** The photo's colours; null where they have not come yet. */
  readonly read: (rect: Rect) => LabWindow | null;
  /** Paints there without looking. */
  readonly plain: (from: Dab, to: Dab) => void;
}

/** Sweeps a brush that stops at edges of the photo: disc by disc, each as far as the picture looks like what is under its centre. `wayPx`: of everything that is painted in the same go. */
export const snapSweep =
  ({ transaction, value, level, read, plain }: SnapParts) =>
  (from: Dab, to: Dab, wayPx = 0): void => {
    const dx = to.xImagePx - from.xImagePx;
    const dy = to.yImagePx - from.yImagePx;
    const distance = Math.hypot(dx, dy);
    const radiusPx = Math.max(from.radiusPx, to.radiusPx);
    const discs = Math.max(1, Math.ceil(distance / discSpacingPx(Math.max(wayPx, distance), radiusPx)));
    let last = from;
    for (let disc = 1; disc <= discs; disc++) {
      const share = disc / discs;
      const dab: Dab = { xImagePx: from.xImagePx + dx * share, yImagePx: from.yImagePx + dy * share, radiusPx: from.radiusPx + (to.radiusPx - from.radiusPx) * share };
      const rect = discRect(dab, transaction.grid);
      const window = dab.radiusPx > mostSnapRadiusPx || dab.radiusPx < 1 ? null : read(rect);
      if (window === null) plain(last, dab);
      else {
        if (covered.length < rect.widthPx * rect.heightPx) covered = new Uint8Array(rect.widthPx * rect.heightPx);
        snapDisc(window, dab.xImagePx, dab.yImagePx, dab.radiusPx, level, covered);
        paintCovered(transaction, rect, value);
      }
      last = dab;
    }
  };
