import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import { changeOfTiles, type AreaChange } from '../edits/changeOfTiles.ts';
import { joinTiles } from '../edits/joinTiles.ts';
import { tilesOfBitmap } from '../edits/tilesOfBitmap.ts';
import type { TileState } from '../edits/tileState.ts';
import type { Bitmap } from '../mask/bitmap.ts';
import { invert } from '../mask/compositing.ts';
import { close, grow, open, shrink } from '../mask/morphology.ts';
import type { Piece } from '../mask/pieces.ts';
import { smooth } from '../mask/smooth.ts';
import type { RasterJob } from './job.ts';
import { pieceMapOf } from './pieceMap.ts';

/** The amount is a radius in px, or for holes and islands the number of pixels from which on they stay. */
export type Adjust = (mask: TileState, amount: number) => TileState;

const byPixels =
  (change: (mask: Bitmap, amount: number) => Bitmap): Adjust =>
  (mask, amount) =>
    tilesOfBitmap(change(bitmapOfTiles(mask), amount));

const largest = (pieces: readonly Piece[]): Piece | null => pieces.reduce<Piece | null>((most, piece) => (most === null || piece.areaPx > most.areaPx ? piece : most), null);

const fillHoles: Adjust = (mask, amount) => {
  const pieces = pieceMapOf(mask);
  const chosen = pieces.holes.filter(({ areaPx }) => areaPx < amount);
  return chosen.length === 0 ? mask : joinTiles(mask, pieces.shapeOf(chosen), 'add');
};

/** The largest island stays: what is left of a mask is never nothing. */
const dropIslands: Adjust = (mask, amount) => {
  const pieces = pieceMapOf(mask);
  const kept = largest(pieces.islands);
  const chosen = pieces.islands.filter((piece) => piece.areaPx < amount && piece !== kept);
  return chosen.length === 0 ? mask : joinTiles(mask, pieces.shapeOf(chosen), 'subtract');
};

/** A new adjustment is a line here and a file in renderer/editor/tools/adjust. */
export const adjusts = {
  grow: byPixels(grow),
  shrink: byPixels(shrink),
  smooth: byPixels(smooth),
  close: byPixels(close),
  open: byPixels(open),
  fillHoles,
  dropIslands,
  invert: byPixels((mask) => invert(mask)),
} as const satisfies Record<string, Adjust>;
export type AdjustKind = keyof typeof adjusts;

export interface Adjusted {
  readonly mask: TileState;
  readonly change: AreaChange;
}

/** A whole mask grown, shrunk, smoothed ... with what it does to its area. @throws RangeError for a radius out of range */
export const adjustMask: RasterJob<{ readonly mask: TileState; readonly kind: AdjustKind; readonly amount: number }, Adjusted> = {
  run: ({ mask, kind, amount }) => {
    const adjusted = adjusts[kind](mask, amount);
    return { mask: adjusted, change: changeOfTiles(mask, adjusted) };
  },
};
