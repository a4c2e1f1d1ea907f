import { tileGrid, tileRect, tileSizePx, type TileGrid } from '../../../shared/edits/tileGrid.ts';
import { isCancelled } from '../../../shared/errors/errors.ts';
import { intersectRects, isEmptyRect, type Rect } from '../../../shared/mask/rect.ts';
import type { LabWindow } from '../../../shared/picture/snapDisc.ts';
import type { ToolContext } from './tool.ts';

/** 20 MB. */
const mostPatches = 100;
/** Farther is not fetched, however small the picture is shown: eight patches across, or one would drive out another. */
const mostReachPx = 4 * tileSizePx - 128;
/** At once: while they are made, another pane's tools wait. */
const mostAtOnce = 12;
/** After a failure, as a photo that can't be read: the brush paints on, and asks again when the pointer comes by later. */
const pauseMs = 5000;

/** The photo's colours round the pointer, fetched ahead of it, so that a brush never waits for them. */
export class PhotoWindow {
  readonly #context: ToolContext;
  #assetKey: string | null = null;
  #grid: TileGrid = tileGrid(0, 0);
  /** Least recently used first. */
  readonly #patches = new Map<number, Uint8Array>();
  #wanted: readonly number[] = [];
  #isFetching = false;
  #pausedUntilMs = 0;
  #window: LabWindow & { rect: Rect } = { rect: { xPx: 0, yPx: 0, widthPx: 0, heightPx: 0 }, lab: new Uint8Array(0) };

  constructor(context: ToolContext) {
    this.#context = context;
  }

  /** Has what lies within reach of a place fetched, nearest first. */
  wantAround(xImagePx: number, yImagePx: number, reachPx: number): void {
    this.#follow();
    const reach = Math.min(mostReachPx, reachPx);
    const around = { xPx: xImagePx - reach, yPx: yImagePx - reach, widthPx: 2 * reach, heightPx: 2 * reach };
    const distance = (index: number): number => {
      const { xPx, yPx, widthPx, heightPx } = tileRect(this.#grid, index);
      return Math.hypot(xPx + widthPx / 2 - xImagePx, yPx + heightPx / 2 - yImagePx);
    };
    this.#wanted = this.#tilesIn(around)
      .filter((index) => !this.#patches.has(index))
      .sort((a, b) => distance(a) - distance(b));
    this.#fetch();
  }

  /** Whether a place can be painted on with its colours known. */
  isKnownAround(xImagePx: number, yImagePx: number, reachPx: number): boolean {
    return this.#tilesIn({ xPx: xImagePx - reachPx, yPx: yImagePx - reachPx, widthPx: 2 * reachPx, heightPx: 2 * reachPx }).every((index) => this.#patches.has(index));
  }

  /** The colours in a rectangle, valid until the next call; null while some have not come. */
  read(wanted: Rect): LabWindow | null {
    this.#follow();
    const rect = intersectRects(wanted, { xPx: 0, yPx: 0, widthPx: this.#grid.widthPx, heightPx: this.#grid.heightPx });
    const indices = this.#tilesIn(rect);
    if (isEmptyRect(rect) || !indices.every((index) => this.#patches.has(index))) return null;
    if (this.#window.lab.length < rect.widthPx * rect.heightPx * 3) this.#window = { rect, lab: new Uint8Array(rect.widthPx * rect.heightPx * 3) };
    const { lab } = this.#window;
    for (const index of indices) {
      const patch = this.#patches.get(index) as Uint8Array;
      this.#patches.delete(index);
      this.#patches.set(index, patch);
      const tile = tileRect(this.#grid, index);
      const shared = intersectRects(tile, rect);
      for (let y = shared.yPx; y < shared.yPx + shared.heightPx; y++) {
        const from = ((y - tile.yPx) * tile.widthPx + shared.xPx - tile.xPx) * 3;
        lab.set(patch.subarray(from, from + shared.widthPx * 3), ((y - rect.yPx) * rect.widthPx + shared.xPx - rect.xPx) * 3);
      }
    }
    this.#window.rect = rect;
    return this.#window;
  }

  /** Another photo on the desk: the colours of the one before are of no use. */
  #follow(): void {
    const { assetKey, document } = this.#context;
    if (assetKey === this.#assetKey && document?.widthPx === this.#grid.widthPx && document.heightPx === this.#grid.heightPx) return;
    this.#assetKey = assetKey;
    this.#grid = tileGrid(document?.widthPx ?? 0, document?.heightPx ?? 0);
    this.#patches.clear();
    this.#wanted = [];
    this.#pausedUntilMs = 0;
  }

  #tilesIn({ xPx, yPx, widthPx, heightPx }: Rect): number[] {
    const { columns, rows } = this.#grid;
    const indices: number[] = [];
    const last = (value: number, count: number): number => Math.min(count - 1, Math.ceil(value / tileSizePx) - 1);
    for (let row = Math.max(0, Math.floor(yPx / tileSizePx)); row <= last(yPx + heightPx, rows); row++) {
      for (let column = Math.max(0, Math.floor(xPx / tileSizePx)); column <= last(xPx + widthPx, columns); column++) indices.push(row * columns + column);
    }
    return indices;
  }

  #fetch(): void {
    if (this.#isFetching || this.#wanted.length === 0 || this.#assetKey === null || performance.now() < this.#pausedUntilMs) return;
    this.#isFetching = true;
    void this.#fetchSome(this.#assetKey, this.#wanted.slice(0, mostAtOnce));
  }

  async #fetchSome(assetKey: string, indices: readonly number[]): Promise<void> {
    try {
      const patches = await this.#context.raster.run('photoPatches', { indices }, { assetKey });
      if (assetKey !== this.#assetKey) return;
      for (const { index, lab } of patches) this.#patches.set(index, lab);
      for (const index of this.#patches.keys()) {
        if (this.#patches.size <= mostPatches) break;
        this.#patches.delete(index);
      }
      this.#wanted = this.#wanted.filter((index) => !this.#patches.has(index) && !indices.includes(index));
      this.#context.refresh();
    } catch (error) {
      if (assetKey !== this.#assetKey || isCancelled(error)) return;
      this.#pausedUntilMs = performance.now() + pauseMs;
      this.#context.fail(error);
    } finally {
      this.#isFetching = false;
      this.#fetch();
    }
  }
}

const windows = new WeakMap<ToolContext, PhotoWindow>();

/** One for the brush and the eraser of a pane. */
export const photoWindowOf = (context: ToolContext): PhotoWindow => {
  const known = windows.get(context);
  if (known !== undefined) return known;
  const made = new PhotoWindow(context);
  windows.set(context, made);
  return made;
};
