import { emptyRect, intersectRects, isEmptyRect, rectOfEdges, uniteRects, type Rect } from '../../shared/mask/rect.ts';
import type { ShownMatte } from '../editor/matte/mattes.ts';
import type { MaskDocument } from '../editor/maskDocument.ts';
import type { PromptPreview } from '../editor/prompts/preview.ts';
import { AnswerPainter, rimOf } from './answerPainter.ts';
import { checkerPattern } from './checker.ts';
import { deviceViewOf, sameDeviceView, toDevice, toDeviceOutwards, type DeviceView } from './deviceView.ts';
import { drawDifference, type DifferenceTiles } from './drawDifference.ts';
import { casingWidthPx, drawOutline } from './drawOutline.ts';
import type { Scene } from './drawPhoto.ts';
import { drawTiles } from './drawTiles.ts';
import { MaskTiles } from './maskTiles.ts';
import { samplerOf, samplerOfAdded, type MaskSampler } from './sampleMask.ts';
import { samplerOfMatte } from './sampleMatte.ts';
import type { TileStyle } from './tileColours.ts';
import type { MaskView, Tint, ViewOptions } from './viewOptions.ts';

type Context = CanvasRenderingContext2D;

/** What a view draws: a ground over the photo, then the mask's tiles. `cut` tiles take the ground away and let the photo show. */
interface ViewRecipe {
  readonly ground: null | 'black' | 'white' | 'checker' | 'veil';
  readonly tiles: 'tinted' | 'cut' | 'white' | 'outline';
}

const recipes = {
  overlay: { ground: null, tiles: 'tinted' },
  outline: { ground: null, tiles: 'outline' },
  cutoutChecker: { ground: 'checker', tiles: 'cut' },
  cutoutBlack: { ground: 'black', tiles: 'cut' },
  cutoutWhite: { ground: 'white', tiles: 'cut' },
  maskOnly: { ground: 'black', tiles: 'white' },
  matte: { ground: 'black', tiles: 'white' },
  difference: { ground: null, tiles: 'tinted' },
} as const satisfies Record<MaskView, ViewRecipe>;
/** Of the view that needs something more, when it is there: what both masks hold stays bright, the rest steps back. */
const withBase: ViewRecipe = { ground: 'veil', tiles: 'cut' };

/** Views that show the mask soft while it is being refined. */
const softViews: ReadonlySet<MaskView> = new Set(['matte', 'cutoutChecker', 'cutoutBlack', 'cutoutWhite']);
const matteTiles = 'matte';

const white: Tint = { red: 255, green: 255, blue: 255 };
const veil = 'rgb(12 13 14 / 0.55)';
/** What a view may need beside the mask. */
export interface PainterExtras {
  /** The mask that the difference is from, of the same size. */
  readonly base: MaskDocument | null;
}

const noExtras: PainterExtras = { base: null };

/**
 * Draws the mask of one scene into a canvas that is not cleared between frames: after a stroke's event only the dirty rectangle is drawn,
 * after a change of view everything. Nothing is ever read back.
 */
export class MaskPainter {
  readonly #scene: Scene;
  #extras: PainterExtras = noExtras;
  /** By what they show; those that a whole frame does not use are let go. */
  readonly #tiles = new Map<string, MaskTiles>();
  readonly #used = new Set<string>();
  #dirty: Rect = emptyRect;
  #drawn: { readonly view: DeviceView; readonly options: ViewOptions } | null = null;
  /** Shown instead of the mask while it is there. */
  #preview: PromptPreview | null = null;
  readonly #answers = new AnswerPainter();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  setExtras(extras: PainterExtras): void {
    this.#extras = extras;
    this.invalidateAll();
  }

  /** An answer to a prompt that is not yet in the mask; null: the mask again. The next draw shows it. */
  setPreview(preview: PromptPreview | null): void {
    this.#preview = preview;
    if (preview === null) this.#answers.end();
    this.#drawn = null;
  }

  /** @param rects imagePx that have new values */
  invalidate(rects: readonly Rect[]): void {
    this.#answers.invalidate();
    for (const rect of rects) {
      for (const tiles of this.#tiles.values()) tiles.invalidate(rect);
      this.#dirty = uniteRects(this.#dirty, rect);
    }
  }

  /** Another matte. */
  invalidateMatte(): void {
    for (const key of this.#tiles.keys()) if (key.startsWith(matteTiles)) this.#tiles.delete(key);
    this.#drawn = null;
  }

  /** Another mask, or a canvas that has lost its content. */
  invalidateAll(): void {
    this.#tiles.clear();
    this.#answers.clear();
    this.#drawn = null;
  }

  /** The canvas shows something else by now; the tiles are as they were. */
  redraw(): void {
    this.#drawn = null;
  }

  /** Draws what is out of date; called at most once a frame. The context is in device pixels. */
  draw(context: Context, options: ViewOptions): void {
    const view = deviceViewOf(this.#scene.viewport);
    const isSame = this.#drawn !== null && sameDeviceView(this.#drawn.view, view) && this.#drawn.options === options;
    const dirty = this.#dirty;
    this.#dirty = emptyRect;
    this.#drawn = { view, options };
    if (isSame && !isEmptyRect(dirty)) {
      // The margin covers smoothing between neighbours and the outline's width.
      const margin = casingWidthPx({ widthViewPx: options.outlineWidthPx, devicePixelRatio: this.#scene.viewport.devicePixelRatio }) + Math.ceil(view.zoom) + 2;
      this.#drawPart(context, view, options, intersectRects(view.bounds, toDeviceOutwards(view, dirty, margin)));
      return;
    }
    // Konva asks for a frame without telling why, for instance after it has resized (and so emptied) the canvas.
    this.#used.clear();
    this.#drawPart(context, view, options, view.bounds);
    // An answer and a hidden mask are there for a moment: making the mask's tiles anew after it takes far longer than a frame.
    if (this.#preview !== null || options.isMaskHidden) return;
    for (const key of this.#tiles.keys()) if (!this.#used.has(key)) this.#tiles.delete(key);
  }

  #drawPart(context: Context, view: DeviceView, options: ViewOptions, part: Rect): void {
    if (isEmptyRect(part)) return;
    context.save();
    context.beginPath();
    context.rect(part.xPx, part.yPx, part.widthPx, part.heightPx);
    context.clip();
    context.clearRect(part.xPx, part.yPx, part.widthPx, part.heightPx);
    const { document } = this.#scene;
    if (document !== null && !options.isMaskHidden) this.#drawMask(context, view, document, options, part);
    context.restore();
  }

  #drawMask(context: Context, view: DeviceView, document: MaskDocument, options: ViewOptions, part: Rect): void {
    const soft = this.#softOf(document, options.view);
    const base = this.#baseOf(document);
    const recipe: ViewRecipe = options.view === 'difference' && base !== null ? withBase : recipes[options.view];
    const image = rectOfEdges(0, 0, document.widthPx, document.heightPx);
    this.#drawGround(context, recipe, intersectRects(toDevice(view, image), part));
    if (soft !== null) {
      context.globalCompositeOperation = recipe.tiles === 'cut' ? 'destination-out' : 'source-over';
      drawTiles(context, view, this.#tilesFor(matteTiles, 'fill', white, () => samplerOfMatte(soft, document)), white, 'fill', part, image);
      return;
    }
    const preview = this.#previewOf(document);
    if (preview !== null) return this.#drawPreview(context, view, document, options, recipe, preview);
    if (recipe.tiles === 'outline' && view.zoom >= 1) {
      drawOutline(context, view, document, { tint: options.tint, widthViewPx: options.outlineWidthPx, devicePixelRatio: this.#scene.viewport.devicePixelRatio }, part);
      return;
    }
    context.globalAlpha = recipe.tiles === 'tinted' ? options.opacity : 1;
    context.globalCompositeOperation = recipe.tiles === 'cut' ? 'destination-out' : 'source-over';
    const style = recipe.tiles === 'outline' ? 'edge' : 'fill';
    const tint = recipe.tiles === 'white' ? white : options.tint;
    drawTiles(context, view, this.#tilesFor(style, style, tint, () => samplerOf(document)), tint, style, part, image);
    if (recipe !== withBase || base === null) return;
    context.globalAlpha = 1;
    context.globalCompositeOperation = 'source-over';
    drawDifference(context, view, this.#differenceTiles(document, base), part, image, { devicePixelRatio: this.#scene.viewport.devicePixelRatio, hasHatch: options.hasHatch });
  }

  /** The mask as it will be, drawn as the view draws masks. */
  #drawPreview(context: Context, view: DeviceView, document: MaskDocument, options: ViewOptions, recipe: ViewRecipe, preview: PromptPreview): void {
    const tint = recipe.tiles === 'white' ? white : options.tint;
    const picture = this.#answers.picture(view, preview, tint, {
      state: document.isShowingOther || document.isChanging ? null : document.state,
      tiles: () => this.#tilesFor('fill', 'fill', tint, () => samplerOf(document)),
    });
    if (picture === null) return;
    context.globalAlpha = recipe.tiles === 'tinted' ? options.opacity : 1;
    context.globalCompositeOperation = recipe.tiles === 'cut' ? 'destination-out' : 'source-over';
    const { canvas, area } = recipe.tiles === 'outline' ? rimOf(picture, Math.round(options.outlineWidthPx * this.#scene.viewport.devicePixelRatio)) : picture;
    context.drawImage(canvas, area.xPx, area.yPx);
  }

  #previewOf(document: MaskDocument): PromptPreview | null {
    const preview = this.#preview;
    return preview !== null && preview.frame.imageWidthPx === document.widthPx && preview.frame.imageHeightPx === document.heightPx ? preview : null;
  }

  /** The editor's matte where a view draws it: the kept one as itself alone, one that is being refined in cutouts too. */
  #softOf(document: MaskDocument, view: MaskView): ShownMatte | null {
    const { shown } = this.#scene.mattes;
    if (shown === null || !softViews.has(view) || (view !== 'matte' && shown.made !== null)) return null;
    const { grid } = shown.matte;
    return grid.widthPx === document.widthPx && grid.heightPx === document.heightPx ? shown : null;
  }

  #baseOf(document: MaskDocument): MaskDocument | null {
    const { base } = this.#extras;
    return base !== null && base.widthPx === document.widthPx && base.heightPx === document.heightPx ? base : null;
  }

  #differenceTiles(document: MaskDocument, base: MaskDocument): DifferenceTiles {
    return {
      added: this.#tilesFor('added', 'fill', white, () => samplerOfAdded(document, base)),
      removed: this.#tilesFor('removed', 'fill', white, () => samplerOfAdded(base, document)),
    };
  }

  #drawGround(context: Context, { ground }: ViewRecipe, area: Rect): void {
    if (ground === null) return;
    const fill = ground === 'checker' ? checkerPattern(context, this.#scene.viewport.devicePixelRatio) : ground === 'veil' ? veil : ground;
    if (fill === null) return;
    context.fillStyle = fill;
    context.fillRect(area.xPx, area.yPx, area.widthPx, area.heightPx);
  }

  #tilesFor(name: string, style: TileStyle, tint: Tint, sampler: () => MaskSampler): MaskTiles {
    const key = `${name} ${tint.red} ${tint.green} ${tint.blue}`;
    this.#used.add(key);
    let tiles = this.#tiles.get(key);
    if (tiles === undefined) {
      tiles = new MaskTiles(sampler(), style, tint);
      this.#tiles.set(key, tiles);
    }
    return tiles;
  }
}
