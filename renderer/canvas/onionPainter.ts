import { rectOfEdges } from '../../shared/mask/rect.ts';
import type { MaskDocument } from '../editor/maskDocument.ts';
import { deviceViewOf, type DeviceView } from './deviceView.ts';
import { drawOutline } from './drawOutline.ts';
import type { Scene } from './drawPhoto.ts';
import { drawTiles } from './drawTiles.ts';
import { MaskTiles } from './maskTiles.ts';
import { samplerOf } from './sampleMask.ts';
import type { Tint } from './viewOptions.ts';

/** The second layer's colour (ui.md). */
export const onionTint: Tint = { red: 0xe6, green: 0xa2, blue: 0x3c };
const onionAlpha = 0.8;
const onionWidthViewPx = 2;

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Where a neighbour of another size lies: as large as fits the image and in its middle; one of the same size lies exactly on it. */
export const onionView = (view: DeviceView, image: Size, neighbour: Size): DeviceView => {
  const ratio = Math.min(image.widthPx / neighbour.widthPx, image.heightPx / neighbour.heightPx);
  const zoom = view.zoom * ratio;
  return {
    ...view,
    zoom,
    offsetX: view.offsetX + Math.round((image.widthPx * view.zoom - neighbour.widthPx * zoom) / 2),
    offsetY: view.offsetY + Math.round((image.heightPx * view.zoom - neighbour.heightPx * zoom) / 2),
  };
};

/** Draws the outline of a neighbour's mask, to see at a glance where the one in hand leaves the row. */
export class OnionPainter {
  readonly #scene: Scene;
  readonly #neighbour: MaskDocument;
  readonly #tiles: MaskTiles;

  constructor(scene: Scene, neighbour: MaskDocument) {
    this.#scene = scene;
    this.#neighbour = neighbour;
    this.#tiles = new MaskTiles(samplerOf(neighbour), 'edge', onionTint);
  }

  /** The context is in device pixels and empty. */
  draw(context: CanvasRenderingContext2D): void {
    const { document, viewport } = this.#scene;
    if (document === null) return;
    const view = onionView(deviceViewOf(viewport), document, this.#neighbour);
    context.save();
    context.globalAlpha = onionAlpha;
    if (view.zoom >= 1) drawOutline(context, view, this.#neighbour, { tint: onionTint, widthViewPx: onionWidthViewPx, devicePixelRatio: viewport.devicePixelRatio }, view.bounds);
    else drawTiles(context, view, this.#tiles, onionTint, 'edge', view.bounds, rectOfEdges(0, 0, this.#neighbour.widthPx, this.#neighbour.heightPx));
    context.restore();
  }
}
