import { BugError, present } from '../../shared/errors/errors.ts';
import type { Edit, TileChange } from '../../shared/edits/edit.ts';
import { encodeTile, sameTile, type EncodedTile } from '../../shared/edits/tileCodec.ts';
import { tileAreaPx, type TileGrid } from '../../shared/edits/tileGrid.ts';
import { uniteRects, type Rect } from '../../shared/mask/rect.ts';

/** What a transaction needs of its document. */
export interface TransactionHost {
  /** The tile as last committed. */
  encoded(index: number): EncodedTile;
  /** Pixels of the committed tile, to be written into. */
  open(index: number): Uint8Array;
  /** A tile's worth of bytes with any content. */
  scratch(): Uint8Array;
  recycle(pixels: Uint8Array): void;
  /** The tile's pixels have changed just now. */
  touched(index: number): void;
  /** It is over: with the edit when there is one, and the pixels as they now are for tiles that are to be kept. */
  end(edit: Edit | null, pixels: ReadonlyMap<number, Uint8Array>): void;
}

/**
 * A gesture's changes, all of them one history item. Tools paint through it and write no undo code: what was there before is the
 * committed, compressed tile, so that beginning costs nothing and rolling back is forgetting.
 */
export class Transaction {
  readonly grid: TileGrid;
  readonly #host: TransactionHost;
  readonly #open = new Map<number, Uint8Array>();
  readonly #before = new Map<number, Uint8Array>();
  readonly #strength = new Map<number, Uint8Array>();
  /** Changed since {@link takeChanged}, and since the beginning; imagePx by tile. */
  #recent = new Map<number, Rect>();
  readonly #all = new Map<number, Rect>();
  #ended = false;

  constructor(grid: TileGrid, host: TransactionHost) {
    this.grid = grid;
    this.#host = host;
  }

  /** The tile's present pixels when the transaction has opened it. */
  pixelsOf(index: number): Uint8Array | undefined {
    return this.#open.get(index);
  }

  /** The tile as it was before. */
  encodedBefore(index: number): EncodedTile {
    return this.#host.encoded(index);
  }

  /** The tile's pixels to write into (stride of tileRect); tell of what was written with {@link changed}. */
  write(index: number): Uint8Array {
    if (this.#ended) throw new BugError('A transaction that has ended was painted into');
    let pixels = this.#open.get(index);
    if (pixels === undefined) {
      pixels = this.#host.open(index);
      this.#open.set(index, pixels);
    }
    return pixels;
  }

  /** The tile's pixels as they were before, wet paint included. Ask before the tile is first written. */
  before(index: number): Uint8Array {
    let pixels = this.#before.get(index);
    if (pixels === undefined) {
      pixels = this.#host.scratch();
      pixels.set(this.write(index));
      this.#before.set(index, pixels);
    }
    return pixels;
  }

  /** Bytes beside the tile that begin as 0 and last as long as the transaction: how strongly a soft stroke has covered each pixel so far. */
  strength(index: number): Uint8Array {
    let strength = this.#strength.get(index);
    if (strength === undefined) {
      strength = this.#host.scratch().fill(0);
      this.#strength.set(index, strength);
    }
    return strength;
  }

  /** @param rect imagePx, inside the tile */
  changed(index: number, rect: Rect): void {
    const recent = this.#recent.get(index);
    this.#recent.set(index, recent === undefined ? rect : uniteRects(recent, rect));
    const all = this.#all.get(index);
    this.#all.set(index, all === undefined ? rect : uniteRects(all, rect));
    this.#host.touched(index);
  }

  /** What has changed since the last call, a rectangle (imagePx) a tile. */
  takeChanged(): readonly Rect[] {
    const rects = [...this.#recent.values()];
    this.#recent.clear();
    return rects;
  }

  /** Keeps the changes. @returns null when every pixel is as it was */
  commit(): Edit | null {
    const tiles: TileChange[] = [];
    for (const index of [...this.#open.keys()].sort((a, b) => a - b)) {
      const pixels = present(this.#open.get(index), 'An open tile');
      const before = this.#host.encoded(index);
      const after = encodeTile(pixels.subarray(0, tileAreaPx(this.grid, index)));
      if (!sameTile(before, after)) tiles.push({ index, before, after });
    }
    const edit = tiles.length === 0 ? null : { widthPx: this.grid.widthPx, heightPx: this.grid.heightPx, tiles };
    for (const before of this.#before.values()) this.#host.recycle(before);
    this.#finish(edit, this.#open);
    return edit;
  }

  /** Takes everything back. @returns the rectangles (imagePx) whose pixels are again as before */
  rollBack(): readonly Rect[] {
    for (const index of this.#all.keys()) this.#host.touched(index);
    for (const pixels of this.#open.values()) this.#host.recycle(pixels);
    this.#finish(null, this.#before);
    return [...this.#all.values()];
  }

  #finish(edit: Edit | null, pixels: ReadonlyMap<number, Uint8Array>): void {
    if (this.#ended) throw new BugError('A transaction was ended twice');
    this.#ended = true;
    for (const strength of this.#strength.values()) this.#host.recycle(strength);
    this.#host.end(edit, pixels);
  }
}
