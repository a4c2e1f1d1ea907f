import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { outlineSegments } from '../../shared/mask/outline.ts';
import { isEmptyRect, rectOfEdges, type Rect } from '../../shared/mask/rect.ts';
import type { MaskDocument } from '../editor/maskDocument.ts';
import { toImage, type DeviceView } from './deviceView.ts';
import { sampleMask } from './sampleMask.ts';
import type { Tint } from './viewOptions.ts';

export interface OutlineStyle {
  readonly tint: Tint;
  /** Of the tinted line, screen pixels. */
  readonly widthViewPx: number;
  readonly devicePixelRatio: number;
}

/** Device pixels: the dark line under the tinted one has one more on each side. */
export const casingWidthPx = ({ widthViewPx, devicePixelRatio }: Omit<OutlineStyle, 'tint'>): number =>
  Math.max(1, Math.round(widthViewPx * devicePixelRatio)) + 2 * Math.max(1, Math.round(devicePixelRatio / 2));

/** Lines on the borders of pixels; for 100 % and nearer. Below, tiles show the pixels at the border. */
export const drawOutline = (context: CanvasRenderingContext2D, view: DeviceView, document: MaskDocument, style: OutlineStyle, part: Rect): void => {
  const seen = toImage(view, part, rectOfEdges(0, 0, document.widthPx, document.heightPx));
  if (isEmptyRect(seen)) return;
  // One pixel more on each side: the window's own edge is no border, and it lies outside the clip.
  const area = rectOfEdges(seen.xPx - 2, seen.yPx - 2, seen.xPx + seen.widthPx + 2, seen.yPx + seen.heightPx + 2);
  const bitmap = emptyBitmap(area.widthPx, area.heightPx);
  sampleMask(document, 0, area, bitmap.data);
  const segments = outlineSegments(bitmap);
  const lineWidthPx = Math.max(1, Math.round(style.widthViewPx * style.devicePixelRatio));
  // A line of an odd width whose middle is a border of pixels would half cover a pixel on each side, and look soft.
  const sharpenPx = (lineWidthPx % 2) / 2;
  const deviceX = (x: number): number => Math.round((area.xPx + x) * view.zoom) + view.offsetX + sharpenPx;
  const deviceY = (y: number): number => Math.round((area.yPx + y) * view.zoom) + view.offsetY + sharpenPx;
  context.beginPath();
  for (let at = 0; at < segments.length; at += 4) {
    context.moveTo(deviceX(segments[at] as number), deviceY(segments[at + 1] as number));
    context.lineTo(deviceX(segments[at + 2] as number), deviceY(segments[at + 3] as number));
  }
  context.lineCap = 'square';
  context.strokeStyle = 'rgb(0 0 0 / 0.5)';
  context.lineWidth = casingWidthPx(style);
  context.stroke();
  context.strokeStyle = `rgb(${style.tint.red} ${style.tint.green} ${style.tint.blue})`;
  context.lineWidth = lineWidthPx;
  context.stroke();
};
