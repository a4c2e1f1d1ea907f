import { bitmapOfTiles } from '../edits/bitmapOfTiles.ts';
import { changeOfTiles, type AreaChange } from '../edits/changeOfTiles.ts';
import { joinTiles, type TileJoin } from '../edits/joinTiles.ts';
import type { TileState } from '../edits/tileState.ts';
import { boundingBox } from '../mask/boundingBox.ts';
import { emptyRect, intersectRects, rectOfEdges, type Rect } from '../mask/rect.ts';
import type { Placement } from '../picture/registerPart.ts';
import type { RasterJob } from './job.ts';

export interface PlacedMask {
  readonly mask: TileState;
  readonly change: AreaChange;
  /** Where the other mask lies now, imagePx; empty when it is beside the picture. */
  readonly box: Rect;
}

/**
 * A mask of another picture, moved and scaled into this one, joined with the mask that is there. Pixels by their centres, between the other mask's
 * centres by area (bilinear, half and more is inside).
 */
export const placeMask: RasterJob<{ readonly base: TileState; readonly source: TileState; readonly placement: Placement; readonly join: TileJoin }, PlacedMask> = {
  run: ({ base, source, placement: { scale, dxImagePx, dyImagePx }, join }) => {
    const { widthPx, heightPx, data } = bitmapOfTiles(source);
    const from = boundingBox({ widthPx, heightPx, data }) ?? emptyRect;
    const image = rectOfEdges(0, 0, base.grid.widthPx, base.grid.heightPx);
    const placed = rectOfEdges(
      Math.floor(from.xPx * scale + dxImagePx) - 1,
      Math.floor(from.yPx * scale + dyImagePx) - 1,
      Math.ceil((from.xPx + from.widthPx) * scale + dxImagePx) + 1,
      Math.ceil((from.yPx + from.heightPx) * scale + dyImagePx) + 1,
    );
    const rect = intersectRects(placed, image);
    const shape = new Uint8Array(rect.widthPx * rect.heightPx);
    const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= widthPx || y >= heightPx ? 0 : (data[y * widthPx + x] as number));
    for (let y = 0; y < rect.heightPx; y++) {
      const sourceY = (rect.yPx + y + 0.5 - dyImagePx) / scale - 0.5;
      const top = Math.floor(sourceY);
      const down = sourceY - top;
      for (let x = 0; x < rect.widthPx; x++) {
        const sourceX = (rect.xPx + x + 0.5 - dxImagePx) / scale - 0.5;
        const left = Math.floor(sourceX);
        const right = sourceX - left;
        const cover = (at(left, top) * (1 - right) + at(left + 1, top) * right) * (1 - down) + (at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right) * down;
        if (cover >= 127.5) shape[y * rect.widthPx + x] = 255;
      }
    }
    const mask = joinTiles(base, { rect, data: shape }, join);
    return { mask, change: changeOfTiles(base, mask), box: rect };
  },
};
