import type { Rect } from '../../shared/mask/rect.ts';
import type { DeviceView } from './deviceView.ts';
import { drawTiles } from './drawTiles.ts';
import { hatchPattern, type HatchStyle } from './hatch.ts';
import type { MaskTiles } from './maskTiles.ts';
import type { Tint } from './viewOptions.ts';

export interface HatchOptions {
  readonly devicePixelRatio: number;
  readonly hasHatch: boolean;
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

/**
 * Draws a shape hatched.
 * @param shape white tiles
 * @param area device pixels, inside the canvas and not empty
 */
export const drawHatched = (context: CanvasRenderingContext2D, view: DeviceView, shape: MaskTiles, hatch: HatchStyle, area: Rect, image: Rect, { devicePixelRatio, hasHatch }: HatchOptions): void => {
  const canvas = scratchOf(view.bounds.widthPx, view.bounds.heightPx);
  const hatched = canvas.getContext('2d');
  if (hatched === null) return;
  hatched.save();
  hatched.beginPath();
  hatched.rect(area.xPx, area.yPx, area.widthPx, area.heightPx);
  hatched.clip();
  hatched.clearRect(area.xPx, area.yPx, area.widthPx, area.heightPx);
  drawTiles(hatched, view, shape, white, 'fill', area, image);
  hatched.globalCompositeOperation = 'source-in';
  const pattern = hasHatch ? hatchPattern(hatched, hatch, devicePixelRatio, [view.offsetX, view.offsetY]) : null;
  hatched.fillStyle = pattern ?? `rgb(${hatch.red} ${hatch.green} ${hatch.blue} / ${plainAlpha})`;
  hatched.fillRect(area.xPx, area.yPx, area.widthPx, area.heightPx);
  hatched.restore();
  context.drawImage(canvas, area.xPx, area.yPx, area.widthPx, area.heightPx, area.xPx, area.yPx, area.widthPx, area.heightPx);
};
