import { intersectRects, isEmptyRect, type Rect } from '../../shared/mask/rect.ts';
import { toDevice, type DeviceView } from './deviceView.ts';
import { drawHatched, type HatchOptions } from './drawHatched.ts';
import { addedHatch, removedHatch } from './hatch.ts';
import type { MaskTiles } from './maskTiles.ts';

export interface DifferenceTiles {
  readonly added: MaskTiles;
  readonly removed: MaskTiles;
}

/** Draws what was added and what was removed, each hatched its own way. */
export const drawDifference = (context: CanvasRenderingContext2D, view: DeviceView, tiles: DifferenceTiles, part: Rect, image: Rect, options: HatchOptions): void => {
  const area = intersectRects(part, toDevice(view, image));
  if (isEmptyRect(area)) return;
  drawHatched(context, view, tiles.added, addedHatch, area, image, options);
  drawHatched(context, view, tiles.removed, removedHatch, area, image, options);
};
