import { intersectRects, isEmptyRect, type Rect } from '../../shared/mask/rect.ts';
import { toDevice, type DeviceView } from './deviceView.ts';
import { drawTiles } from './drawTiles.ts';
import { addedHatch, hatchPattern, removedHatch, type HatchStyle } from './hatch.ts';
import type { MaskTiles } from './maskTiles.ts';
import type { Tint } from './viewOptions.ts';

export interface DifferenceTiles {
  readonly added: MaskTiles;
  readonly removed: MaskTiles;
}

/** Without stripes. */
const plainAlpha = 0.7;
const white: Tint = { red: 255, green: 255, blue: 255 };

/** One for all panes: drawing is synchronous, and a 4K pane's is 30 MB. */
let scratch: OffscreenCanvas | null = null;

const scratchOf = (widthPx: number, heightPx: number): OffscreenCanvas => {
  if (scratch === null || scratch.width < widthPx || scratch.height < heightPx) {
    scratch = new OffscreenCanvas(Math.max(widthPx, scratch?.width ?? 0), Math.max(heightPx, scratch?.height ?? 0));
  }
  return scratch;
};

/** Draws what was added and what was removed, each hatched its own way. */
export const drawDifference = (context: CanvasRenderingContext2D, view: DeviceView, tiles: DifferenceTiles, part: Rect, image: Rect, style: { readonly devicePixelRatio: number; readonly hasHatch: boolean }): void => {
  const area = intersectRects(part, toDevice(view, image));
  if (isEmptyRect(area)) return;
  const canvas = scratchOf(view.bounds.widthPx, view.bounds.heightPx);
  const hatched = canvas.getContext('2d');
  if (hatched === null) return;
  const draw = (shape: MaskTiles, hatch: HatchStyle): void => {
    hatched.save();
    hatched.beginPath();
    hatched.rect(area.xPx, area.yPx, area.widthPx, area.heightPx);
    hatched.clip();
    hatched.clearRect(area.xPx, area.yPx, area.widthPx, area.heightPx);
    drawTiles(hatched, view, shape, white, 'fill', area, image);
    hatched.globalCompositeOperation = 'source-in';
    const pattern = style.hasHatch ? hatchPattern(hatched, hatch, style.devicePixelRatio, [view.offsetX, view.offsetY]) : null;
    hatched.fillStyle = pattern ?? `rgb(${hatch.red} ${hatch.green} ${hatch.blue} / ${plainAlpha})`;
    hatched.fillRect(area.xPx, area.yPx, area.widthPx, area.heightPx);
    hatched.restore();
    context.drawImage(canvas, area.xPx, area.yPx, area.widthPx, area.heightPx, area.xPx, area.yPx, area.widthPx, area.heightPx);
  };
  draw(tiles.added, addedHatch);
  draw(tiles.removed, removedHatch);
};
