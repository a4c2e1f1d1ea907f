import { intersectRects, rectOfEdges, type Rect } from '../../shared/mask/rect.ts';
import { zoomOf, type Viewport } from '../editor/viewport.ts';

/** The view in device pixels (devicePx), in which everything is drawn: `device = image * zoom + offset`. Offsets are whole (viewport.ts). */
export interface DeviceView {
  readonly zoom: number;
  readonly offsetX: number;
  readonly offsetY: number;
  /** The canvas. */
  readonly bounds: Rect;
}

export const deviceViewOf = (viewport: Viewport): DeviceView => ({
  zoom: zoomOf(viewport),
  offsetX: Math.round(viewport.offsetXViewPx * viewport.devicePixelRatio),
  offsetY: Math.round(viewport.offsetYViewPx * viewport.devicePixelRatio),
  bounds: rectOfEdges(
    0,
    0,
    Math.ceil(viewport.widthViewPx * viewport.devicePixelRatio),
    Math.ceil(viewport.heightViewPx * viewport.devicePixelRatio),
  ),
});

export const sameDeviceView = (a: DeviceView, b: DeviceView): boolean =>
  a.zoom === b.zoom &&
  a.offsetX === b.offsetX &&
  a.offsetY === b.offsetY &&
  a.bounds.widthPx === b.bounds.widthPx &&
  a.bounds.heightPx === b.bounds.heightPx;

/** Where a rectangle of the image lies, its edges on whole device pixels: tiles that meet in the image meet on the screen, without seams. */
export const toDevice = ({ zoom, offsetX, offsetY }: DeviceView, rect: Rect): Rect => {
  const left = Math.round(rect.xPx * zoom) + offsetX;
  const top = Math.round(rect.yPx * zoom) + offsetY;
  const right = Math.round((rect.xPx + rect.widthPx) * zoom) + offsetX;
  const bottom = Math.round((rect.yPx + rect.heightPx) * zoom) + offsetY;
  return rectOfEdges(left, top, right, bottom);
};

/** Every device pixel that a rectangle of the image can touch, with room for smoothing and line widths. */
export const toDeviceOutwards = ({ zoom, offsetX, offsetY }: DeviceView, rect: Rect, marginPx: number): Rect =>
  rectOfEdges(
    Math.floor(rect.xPx * zoom) + offsetX - marginPx,
    Math.floor(rect.yPx * zoom) + offsetY - marginPx,
    Math.ceil((rect.xPx + rect.widthPx) * zoom) + offsetX + marginPx,
    Math.ceil((rect.yPx + rect.heightPx) * zoom) + offsetY + marginPx,
  );

/** The whole image pixels that show in a rectangle of the screen, inside the image. */
export const toImage = ({ zoom, offsetX, offsetY }: DeviceView, rect: Rect, image: Rect): Rect =>
  intersectRects(
    image,
    rectOfEdges(
      Math.floor((rect.xPx - offsetX) / zoom),
      Math.floor((rect.yPx - offsetY) / zoom),
      Math.ceil((rect.xPx + rect.widthPx - offsetX) / zoom),
      Math.ceil((rect.yPx + rect.heightPx - offsetY) / zoom),
    ),
  );

/** Above this zoom pixels are shown as pixels. */
export const pixelsFromZoom = 4;
export const gridFromZoom = 8;
