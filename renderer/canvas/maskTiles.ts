import { present } from '../../shared/errors/errors.ts';
import { emptyRect, intersectRects, isEmptyRect, rectOfEdges, uniteRects, type Rect } from '../../shared/mask/rect.ts';
import type { MaskSampler } from './sampleMask.ts';
import { colourTile, type TileStyle } from './tileColours.ts';
import type { Tint } from './viewOptions.ts';

/** Side of a canvas tile, in pixels of its level. */
export const canvasTilePx = 256;
/** Canvases that are kept beside those on screen: 256 kB each. */
const maxKeptCanvases = 96;

/** What is to be drawn for a tile: nothing, one colour, or a canvas of 256 x 256. */
export type TileImage = 'empty' | 'full' | OffscreenCanvas;

interface Entry {
  image: TileImage;
  /** Pixels of the level that are out of date. */
  stale: Rect;
  readonly level: number;
  readonly area: Rect;
}

const inflate = (rect: Rect, marginPx: number): Rect =>
  rectOfEdges(rect.xPx - marginPx, rect.yPx - marginPx, rect.xPx + rect.widthPx + marginPx, rect.yPx + rect.heightPx + marginPx);

/**
 * The mask as coloured canvas tiles at the levels of detail that are looked at. Only tiles with a border of the mask in them need a canvas, so memory
 * follows what is on screen and not the size of the image; a stroke uploads its dirty rectangle and no more.
 */
export class MaskTiles {
  readonly #sample: MaskSampler;
  readonly #style: TileStyle;
  readonly #tint: Tint;
  /** Least recently drawn first. */
  readonly #entries = new Map<string, Entry>();
  readonly #spare: OffscreenCanvas[] = [];
  readonly #shares = new Uint8Array((canvasTilePx + 2) * (canvasTilePx + 2));
  readonly #imageData = new ImageData(canvasTilePx, canvasTilePx);
  readonly #words = new Uint32Array(this.#imageData.data.buffer);

  constructor(sample: MaskSampler, style: TileStyle, tint: Tint) {
    this.#sample = sample;
    this.#style = style;
    this.#tint = tint;
  }

  /** @param rect imagePx that have new values */
  invalidate(rect: Rect): void {
    for (const entry of this.#entries.values()) {
      const blockPx = 1 << entry.level;
      const changed = rectOfEdges(
        Math.floor(rect.xPx / blockPx),
        Math.floor(rect.yPx / blockPx),
        Math.ceil((rect.xPx + rect.widthPx) / blockPx),
        Math.ceil((rect.yPx + rect.heightPx) / blockPx),
      );
      // An edge pixel depends on its neighbours.
      entry.stale = uniteRects(entry.stale, intersectRects(entry.area, this.#style === 'edge' ? inflate(changed, 1) : changed));
    }
  }

  /** The tile at (column, row) of a level, up to date. Valid until the next call of {@link trim}. */
  image(level: number, column: number, row: number): TileImage {
    const key = `${level}/${column}/${row}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      const area = { xPx: column * canvasTilePx, yPx: row * canvasTilePx, widthPx: canvasTilePx, heightPx: canvasTilePx };
      entry = { image: 'empty', stale: area, level, area };
    } else {
      this.#entries.delete(key);
    }
    this.#entries.set(key, entry);
    if (!isEmptyRect(entry.stale)) this.#refresh(entry);
    return entry.image;
  }

  /** Lets go of canvases that were not drawn lately. @param drawn number of tiles of the last frame */
  trim(drawn: number): void {
    const surplus = this.#entries.size - drawn - maxKeptCanvases;
    if (surplus <= 0) return;
    for (const [key, entry] of [...this.#entries].slice(0, surplus)) {
      this.#release(entry);
      this.#entries.delete(key);
    }
  }

  #refresh(entry: Entry): void {
    const { stale, level, area } = entry;
    const isWhole = stale.widthPx === area.widthPx && stale.heightPx === area.heightPx;
    const sampled = inflate(stale, 1);
    this.#sample(level, sampled, this.#shares);
    const uniform = this.#uniform(sampled.widthPx * sampled.heightPx);
    entry.stale = emptyRect;
    if (uniform !== null && (isWhole || entry.image === uniform)) {
      this.#release(entry);
      entry.image = uniform;
      return;
    }
    const part = { ...stale, xPx: stale.xPx - area.xPx, yPx: stale.yPx - area.yPx };
    colourTile(this.#style, this.#tint, this.#shares, part, this.#words, canvasTilePx);
    const { canvas, isNew } = this.#canvasOf(entry, isWhole);
    const context = present(canvas.getContext('2d'), 'The canvas of a tile');
    if (isNew && !isWhole) {
      context.fillStyle = `rgb(${this.#tint.red} ${this.#tint.green} ${this.#tint.blue})`;
      if (entry.image === 'full') context.fillRect(0, 0, canvasTilePx, canvasTilePx);
      else context.clearRect(0, 0, canvasTilePx, canvasTilePx);
    }
    context.putImageData(this.#imageData, 0, 0, part.xPx, part.yPx, part.widthPx, part.heightPx);
    entry.image = canvas;
  }

  #canvasOf(entry: Entry, isWhole: boolean): { readonly canvas: OffscreenCanvas; readonly isNew: boolean } {
    if (entry.image instanceof OffscreenCanvas) return { canvas: entry.image, isNew: false };
    const canvas = this.#spare.pop() ?? new OffscreenCanvas(canvasTilePx, canvasTilePx);
    return { canvas, isNew: !isWhole };
  }

  #release(entry: Entry): void {
    if (entry.image instanceof OffscreenCanvas && this.#spare.length < 16) this.#spare.push(entry.image);
    entry.image = 'empty';
  }

  /** What a tile shows for which the first `count` shares are all the same; null when they differ. */
  #uniform(count: number): 'empty' | 'full' | null {
    const first = this.#shares[0];
    if (first !== 0 && first !== 255) return null;
    for (let index = 1; index < count; index++) if (this.#shares[index] !== first) return null;
    return first === 0 || this.#style === 'edge' ? 'empty' : 'full';
  }
}
