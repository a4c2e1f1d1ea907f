import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { outlineSegments } from '../../shared/mask/outline.ts';
import { emptyRect, intersectRects, isEmptyRect, rectOfEdges, uniteRects, type Rect } from '../../shared/mask/rect.ts';
import type { Editor } from '../editor/types.ts';
import { deviceViewOf, sameDeviceView, toDevice, toDeviceOutwards, toImage, type DeviceView } from './deviceView.ts';
import { canvasTilePx, MaskTiles } from './maskTiles.ts';
import { levelFor, sampleMask } from './sampleMask.ts';
import type { TileStyle } from './tileColours.ts';
import type { MaskView, Tint, ViewOptions } from './viewOptions.ts';

type Context = CanvasRenderingContext2D;

/** What a view draws: a ground over the photo, then the mask's tiles. `cut` tiles take the ground away and let the photo show. */
interface ViewRecipe {
  readonly ground: null | 'black' | 'white' | 'checker';
  readonly tiles: 'tinted' | 'cut' | 'white' | 'outline';
}

const recipes = {
  overlay: { ground: null, tiles: 'tinted' },
  outline: { ground: null, tiles: 'outline' },
  cutoutChecker: { ground: 'checker', tiles: 'cut' },
  cutoutBlack: { ground: 'black', tiles: 'cut' },
  cutoutWhite: { ground: 'white', tiles: 'cut' },
  maskOnly: { ground: 'black', tiles: 'white' },
} as const satisfies Record<MaskView, ViewRecipe>;

const white: Tint = { red: 255, green: 255, blue: 255 };
/** Device pixels: the tint has one on each side of the border at least, the dark line under it one more. */
const outlineWidthPx = (devicePixelRatio: number): number => 2 * Math.max(1, Math.round(devicePixelRatio * 0.75));
const casingWidthPx = (devicePixelRatio: number): number => outlineWidthPx(devicePixelRatio) + 2 * Math.max(1, Math.round(devicePixelRatio / 2));
const checkerViewPx = 8;

const checkerPattern = (context: Context, sidePx: number): CanvasPattern | null => {
  const canvas = new OffscreenCanvas(sidePx * 2, sidePx * 2);
  const pattern = canvas.getContext('2d');
  if (pattern === null) return null;
  pattern.fillStyle = '#8a8d91';
  pattern.fillRect(0, 0, sidePx * 2, sidePx * 2);
  pattern.fillStyle = '#a3a6aa';
  pattern.fillRect(0, 0, sidePx, sidePx);
  pattern.fillRect(sidePx, sidePx, sidePx, sidePx);
  return context.createPattern(canvas, 'repeat');
};

/**
 * Draws the mask of one editor into a canvas that is not cleared between frames: after a stroke's event only the dirty rectangle is drawn,
 * after a change of view everything. Nothing is ever read back.
 */
export class MaskPainter {
  readonly #editor: Editor;
  #tiles: MaskTiles | null = null;
  #tilesOf = '';
  #dirty: Rect = emptyRect;
  #drawn: { readonly view: DeviceView; readonly options: ViewOptions } | null = null;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** @param rects imagePx that have new values */
  invalidate(rects: readonly Rect[]): void {
    for (const rect of rects) {
      this.#tiles?.invalidate(rect);
      this.#dirty = uniteRects(this.#dirty, rect);
    }
  }

  /** Another mask, or a canvas that has lost its content. */
  invalidateAll(): void {
    this.#tiles = null;
    this.#drawn = null;
  }

  /** Draws what is out of date; called at most once a frame. The context is in device pixels. */
  draw(context: Context, options: ViewOptions): void {
    const view = deviceViewOf(this.#editor.viewport);
    const isSame = this.#drawn !== null && sameDeviceView(this.#drawn.view, view) && this.#drawn.options === options;
    const dirty = this.#dirty;
    this.#dirty = emptyRect;
    this.#drawn = { view, options };
    if (isSame && !isEmptyRect(dirty)) {
      // The margin covers smoothing between neighbours and the outline's width.
      const margin = casingWidthPx(this.#editor.viewport.devicePixelRatio) + Math.ceil(view.zoom) + 2;
      this.#drawPart(context, view, options, intersectRects(view.bounds, toDeviceOutwards(view, dirty, margin)));
    } else {
      // Konva asks for a frame without telling why, for instance after it has resized (and so emptied) the canvas.
      this.#drawPart(context, view, options, view.bounds);
    }
  }

  #drawPart(context: Context, view: DeviceView, options: ViewOptions, part: Rect): void {
    if (isEmptyRect(part)) return;
    context.save();
    context.beginPath();
    context.rect(part.xPx, part.yPx, part.widthPx, part.heightPx);
    context.clip();
    context.clearRect(part.xPx, part.yPx, part.widthPx, part.heightPx);
    if (this.#editor.document !== null && !options.isMaskHidden) this.#drawMask(context, view, options, part);
    context.restore();
  }

  #drawMask(context: Context, view: DeviceView, options: ViewOptions, part: Rect): void {
    const recipe: ViewRecipe = recipes[options.view];
    this.#drawGround(context, view, recipe, part);
    if (recipe.tiles === 'outline' && view.zoom >= 1) {
      this.#drawOutline(context, view, options.tint, part);
      return;
    }
    context.globalAlpha = recipe.tiles === 'tinted' ? options.opacity : 1;
    context.globalCompositeOperation = recipe.tiles === 'cut' ? 'destination-out' : 'source-over';
    this.#drawTiles(context, view, recipe.tiles === 'outline' ? 'edge' : 'fill', recipe.tiles === 'white' ? white : options.tint, part);
  }

  #imageRect(): Rect {
    const { document } = this.#editor;
    return document === null ? emptyRect : rectOfEdges(0, 0, document.widthPx, document.heightPx);
  }

  #drawGround(context: Context, view: DeviceView, { ground }: ViewRecipe, part: Rect): void {
    if (ground === null) return;
    const { devicePixelRatio } = this.#editor.viewport;
    const fill = ground === 'checker' ? checkerPattern(context, Math.round(checkerViewPx * devicePixelRatio)) : ground;
    if (fill === null) return;
    const area = intersectRects(toDevice(view, this.#imageRect()), part);
    context.fillStyle = fill;
    context.fillRect(area.xPx, area.yPx, area.widthPx, area.heightPx);
  }

  #drawTiles(context: Context, view: DeviceView, style: TileStyle, tint: Tint, part: Rect): void {
    const tiles = this.#tilesFor(style, tint);
    if (tiles === null) return;
    // An outline needs pixels of 1 to 2 device pixels: it is one of them wide, and thinner ones could not be seen.
    const level = levelFor(style === 'edge' ? view.zoom / 2 : view.zoom);
    const sidePx = canvasTilePx << level;
    const seen = toImage(view, part, this.#imageRect());
    if (isEmptyRect(seen)) return;
    context.imageSmoothingEnabled = view.zoom < 1;
    context.fillStyle = `rgb(${tint.red} ${tint.green} ${tint.blue})`;
    let count = 0;
    for (let row = Math.floor(seen.yPx / sidePx); row * sidePx < seen.yPx + seen.heightPx; row++) {
      for (let column = Math.floor(seen.xPx / sidePx); column * sidePx < seen.xPx + seen.widthPx; column++) {
        const image = tiles.image(level, column, row);
        count++;
        if (image === 'empty') continue;
        const place = toDevice(view, rectOfEdges(column * sidePx, row * sidePx, (column + 1) * sidePx, (row + 1) * sidePx));
        if (image === 'full') context.fillRect(place.xPx, place.yPx, place.widthPx, place.heightPx);
        else context.drawImage(image, place.xPx, place.yPx, place.widthPx, place.heightPx);
      }
    }
    tiles.trim(count);
  }

  #tilesFor(style: TileStyle, tint: Tint): MaskTiles | null {
    const { document } = this.#editor;
    if (document === null) return null;
    const key = `${style} ${tint.red} ${tint.green} ${tint.blue}`;
    if (this.#tiles === null || this.#tilesOf !== key) {
      this.#tiles = new MaskTiles(document, style, tint);
      this.#tilesOf = key;
    }
    return this.#tiles;
  }

  /** From 100 % on the outline is lines on pixel borders; below, tiles show the pixels at the border. */
  #drawOutline(context: Context, view: DeviceView, tint: Tint, part: Rect): void {
    const { document, viewport } = this.#editor;
    const seen = toImage(view, part, this.#imageRect());
    if (document === null || isEmptyRect(seen)) return;
    // One pixel more on each side: the window's own edge is no border, and it lies outside the clip.
    const area = rectOfEdges(seen.xPx - 2, seen.yPx - 2, seen.xPx + seen.widthPx + 2, seen.yPx + seen.heightPx + 2);
    const bitmap = emptyBitmap(area.widthPx, area.heightPx);
    sampleMask(document, 0, area, bitmap.data);
    const segments = outlineSegments(bitmap);
    const deviceX = (x: number): number => Math.round((area.xPx + x) * view.zoom) + view.offsetX;
    const deviceY = (y: number): number => Math.round((area.yPx + y) * view.zoom) + view.offsetY;
    context.beginPath();
    for (let at = 0; at < segments.length; at += 4) {
      context.moveTo(deviceX(segments[at] as number), deviceY(segments[at + 1] as number));
      context.lineTo(deviceX(segments[at + 2] as number), deviceY(segments[at + 3] as number));
    }
    context.lineCap = 'square';
    context.strokeStyle = 'rgb(0 0 0 / 0.5)';
    context.lineWidth = casingWidthPx(viewport.devicePixelRatio);
    context.stroke();
    context.strokeStyle = `rgb(${tint.red} ${tint.green} ${tint.blue})`;
    context.lineWidth = outlineWidthPx(viewport.devicePixelRatio);
    context.stroke();
  }
}
