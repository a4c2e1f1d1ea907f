import { intersectRects, isEmptyRect, rectOfEdges } from '../../shared/mask/rect.ts';
import type { TileState } from '../../shared/edits/tileState.ts';
import { deviceViewOf, toDevice } from './deviceView.ts';
import { drawHatched } from './drawHatched.ts';
import type { Scene } from './drawPhoto.ts';
import { layerHatchOf } from './layerHatches.ts';
import { documentOf } from './maskShape.ts';
import { MaskTiles } from './maskTiles.ts';
import { samplerOf } from './sampleMask.ts';
import type { Tint } from './viewOptions.ts';

/** A part of the mask that is drawn over it. */
export interface CanvasLayer {
  /** Its place in the recipe: says colour and stripes. */
  readonly part: number;
  readonly mask: TileState;
}

const white: Tint = { red: 255, green: 255, blue: 255 };
/** The photo and the mask show through. */
const alpha = 0.65;

/** Draws parts of the mask over the picture, each hatched in its own colour. */
export class LayersPainter {
  readonly #scene: Scene;
  readonly #layers: readonly { readonly part: number; readonly widthPx: number; readonly heightPx: number; readonly tiles: MaskTiles }[];

  constructor(scene: Scene, layers: readonly CanvasLayer[]) {
    this.#scene = scene;
    this.#layers = layers.map(({ part, mask }) => ({ part, ...mask.grid, tiles: new MaskTiles(samplerOf(documentOf(mask)), 'fill', white) }));
  }

  /** The context is in device pixels and empty. */
  draw(context: CanvasRenderingContext2D, hasHatch: boolean): void {
    const { document, viewport } = this.#scene;
    if (document === null) return;
    const view = deviceViewOf(viewport);
    const image = rectOfEdges(0, 0, document.widthPx, document.heightPx);
    const area = intersectRects(view.bounds, toDevice(view, image));
    if (isEmptyRect(area)) return;
    context.save();
    context.globalAlpha = alpha;
    for (const { part, widthPx, heightPx, tiles } of this.#layers) {
      // While another item comes, its parts may be there first.
      if (widthPx === document.widthPx && heightPx === document.heightPx) drawHatched(context, view, tiles, layerHatchOf(part), area, image, { devicePixelRatio: viewport.devicePixelRatio, hasHatch });
    }
    context.restore();
  }
}
