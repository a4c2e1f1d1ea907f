import { rectOfEdges } from '../../shared/mask/rect.ts';
import type { Editor } from '../editor/types.ts';
import { deviceViewOf, gridFromZoom, pixelsFromZoom, toDevice, toImage, type DeviceView } from './deviceView.ts';

/**
 * Draws the photo, and the lines between its pixels from 800 % on. The context is in device pixels.
 * @param photo may be smaller than the image (a preview while the full one loads): it is shown at the image's size
 */
export const drawPhoto = (context: CanvasRenderingContext2D, editor: Editor, photo: ImageBitmap | null, hasPixelGrid: boolean): void => {
  const { document } = editor;
  if (document === null) return;
  const view = deviceViewOf(editor.viewport);
  if (photo !== null) {
    context.imageSmoothingEnabled = view.zoom < pixelsFromZoom;
    // Medium keeps mipmaps: a 24 MP photo shown small neither flickers nor costs more than a frame.
    context.imageSmoothingQuality = 'medium';
    context.drawImage(photo, view.offsetX, view.offsetY, document.widthPx * view.zoom, document.heightPx * view.zoom);
  }
  if (hasPixelGrid && view.zoom >= gridFromZoom) drawPixelGrid(context, view, document.widthPx, document.heightPx);
};

const drawPixelGrid = (context: CanvasRenderingContext2D, view: DeviceView, widthPx: number, heightPx: number): void => {
  const seen = toImage(view, view.bounds, rectOfEdges(0, 0, widthPx, heightPx));
  const place = toDevice(view, seen);
  context.fillStyle = 'rgb(128 128 128 / 0.35)';
  for (let x = seen.xPx; x <= seen.xPx + seen.widthPx; x++) {
    context.fillRect(Math.round(x * view.zoom) + view.offsetX, place.yPx, 1, place.heightPx);
  }
  for (let y = seen.yPx; y <= seen.yPx + seen.heightPx; y++) {
    context.fillRect(place.xPx, Math.round(y * view.zoom) + view.offsetY, place.widthPx, 1);
  }
};
