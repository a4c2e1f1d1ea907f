import { present } from '../../shared/errors/errors.ts';
import { rectOfEdges } from '../../shared/mask/rect.ts';
import type { Editor } from '../editor/types.ts';
import type { Photo } from '../stores/photo.ts';
import { deviceViewOf, gridFromZoom, pixelsFromZoom, toDevice, toImage, type DeviceView } from './deviceView.ts';

/** What is drawn and how it is looked at: an editor, or the loupe over one. */
export interface Scene {
  readonly document: Editor['document'];
  readonly viewport: Editor['viewport'];
  readonly mattes: Pick<Editor['mattes'], 'shown'>;
}

/** The smallest bitmap that has a pixel for each device pixel; else the largest. Drawing a large one small costs more than a frame. */
export const levelOf = (photo: Photo, shownWidthPx: number): ImageBitmap => {
  const fine = photo.levels.filter((level) => level.width >= shownWidthPx);
  return present(fine.at(-1) ?? photo.levels[0], 'A bitmap of the photo');
};

/** Draws the photo at the image's size, and the lines between its pixels from 800 % on. The context is in device pixels. */
export const drawPhoto = (context: CanvasRenderingContext2D, { document, viewport }: Pick<Scene, 'document' | 'viewport'>, photo: Photo | null, hasPixelGrid: boolean): void => {
  if (document === null) return;
  const view = deviceViewOf(viewport);
  if (photo !== null) {
    const widthPx = document.widthPx * view.zoom;
    context.imageSmoothingEnabled = view.zoom < pixelsFromZoom;
    const level = levelOf(photo, widthPx);
    // Between half and full size linear is sharper than the nearest of the sizes that Skia would first have to make, and keep, for a better filter.
    context.imageSmoothingQuality = widthPx * 2 >= level.width ? 'low' : 'medium';
    context.drawImage(level, view.offsetX, view.offsetY, widthPx, document.heightPx * view.zoom);
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
