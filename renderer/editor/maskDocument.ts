import { present } from '../../shared/errors/errors.ts';
import { applyEdit } from '../../shared/edits/applyEdit.ts';
import type { Edit } from '../../shared/edits/edit.ts';
import { decodeTile, uniformValue, type EncodedTile } from '../../shared/edits/tileCodec.ts';
import { tileAreaPx, tileRect, tileSizePx, type TileGrid } from '../../shared/edits/tileGrid.ts';
import type { TileState } from '../../shared/edits/tileState.ts';
import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import type { Rect } from '../../shared/mask/rect.ts';
import { editBetween } from './editBetween.ts';
import { changedRect } from './raster/changedRect.ts';
import { RleBands } from './rleBands.ts';
import { Transaction } from './transaction.ts';

/**
 * Tiles kept as bytes beside their compressed form, 4 MB at most. All others are compressed: a painted 24 MP mask holds some hundred kB,
 * however many strokes went over it, and decoding a tile takes some ten microseconds.
 */
const maxRawTiles = 64;
/** Buffers kept for the next tiles, 3 MB at most: a soft stroke needs three for each tile that it crosses. */
const maxSpareTiles = 48;

/**
 * The mask in hand, as tiles of bytes; a pixel is inside from 128 on. Changed by transactions and edits only. Committed is what is inside
 * and what is outside. Values between 0 and 255 are a soft brush's paint that is still wet: strokes build up on it while the tile is
 * among the raw ones; undo and time dry it, and nothing that is shown, saved or undone depends on it.
 */
export class MaskDocument {
  #state: TileState;
  /** Least recently used first. */
  readonly #raw = new Map<number, Uint8Array>();
  readonly #spare: Uint8Array[] = [];
  readonly #rleBands: RleBands;
  #transaction: Transaction | null = null;
  /** Shown in place of the state, and not yet what counts. */
  #shown: TileState | null = null;

  constructor(state: TileState) {
    this.#state = state;
    this.#rleBands = new RleBands(state.grid);
  }

  get grid(): TileGrid {
    return this.#state.grid;
  }

  get widthPx(): number {
    return this.#state.grid.widthPx;
  }

  get heightPx(): number {
    return this.#state.grid.heightPx;
  }

  /** As last committed, without the stroke in hand. Shares its arrays with the document and its history: cheap to keep. */
  get state(): TileState {
    return this.#state;
  }

  /** As it is on screen: a proposal, else the state. Without the stroke in hand. */
  get shownState(): TileState {
    return this.#shown ?? this.#state;
  }

  /** 0 or 255 when the whole tile is that, else its pixels (row-major, stride of tileRect, inside from 128 on). Valid until the next call on the document. */
  readTile(index: number): 0 | 255 | Uint8Array {
    const open = this.#transaction?.pixelsOf(index);
    if (open !== undefined) return open;
    const tile = present((this.#shown ?? this.#state).tiles[index], `Tile ${index}`);
    const uniform = uniformValue(tile);
    if (uniform !== null) return uniform;
    const pixels = this.#takeRaw(index) ?? this.#decode(index, tile);
    this.#keepRaw(index, pixels);
    return pixels;
  }

  /** Whether a pixel is inside; nothing is beyond the image. For asking about a place, not for loops. */
  isInside(xPx: number, yPx: number): boolean {
    if (xPx < 0 || yPx < 0 || xPx >= this.widthPx || yPx >= this.heightPx) return false;
    const index = Math.floor(yPx / tileSizePx) * this.grid.columns + Math.floor(xPx / tileSizePx);
    const tile = this.readTile(index);
    if (typeof tile === 'number') return tile === 255;
    const rect = tileRect(this.grid, index);
    return (tile[(yPx - rect.yPx) * rect.widthPx + xPx - rect.xPx] as number) >= 128;
  }

  /**
   * Shows another mask of the same size without making it the one that counts; null: the state again. Nothing is decoded here: a mask that differs in
   * hundreds of tiles costs what is drawn of it. @returns rectangles (imagePx) that may have new values @throws RangeError for another size
   */
  show(mask: TileState | null): readonly Rect[] {
    this.#transaction?.rollBack();
    const before = this.#shown ?? this.#state;
    const edit = mask === null ? null : editBetween(this.#state, mask);
    const after = mask === null || edit === null ? this.#state : mask;
    this.#shown = after === this.#state ? null : after;
    const changed = editBetween(before, after)?.tiles ?? [];
    return changed.map(({ index }) => {
      const pixels = this.#takeRaw(index);
      if (pixels !== undefined) this.#recycle(pixels);
      this.#rleBands.forget(index);
      return tileRect(this.grid, index);
    });
  }

  /** Somebody is painting. */
  get isChanging(): boolean {
    return this.#transaction !== null;
  }

  get isShowingOther(): boolean {
    return this.#shown !== null;
  }

  /** What is shown counts from now on. @returns null when that is the state anyway */
  keepShown(): Edit | null {
    const edit = this.#shown === null ? null : editBetween(this.#state, this.#shown);
    if (edit !== null) this.#state = applyEdit(this.#state, edit);
    this.#shown = null;
    return edit;
  }

  /** Begins a change; one at a time. It sees and shows its own painting until it is committed or rolled back. What is only shown is not in it. */
  begin(): Transaction {
    this.#transaction?.rollBack();
    this.show(null);
    this.#transaction = new Transaction(this.grid, {
      encoded: (index) => present(this.#state.tiles[index], `Tile ${index}`),
      open: (index) => this.#takeRaw(index) ?? this.#decode(index, present(this.#state.tiles[index], `Tile ${index}`)),
      scratch: () => this.#spare.pop() ?? new Uint8Array(tileSizePx * tileSizePx),
      recycle: (pixels) => this.#recycle(pixels),
      touched: (index) => this.#rleBands.forget(index),
      end: (edit, pixels) => {
        this.#transaction = null;
        if (edit !== null) this.#state = applyEdit(this.#state, edit);
        for (const [index, tile] of pixels) this.#keepRaw(index, tile);
      },
    });
    return this.#transaction;
  }

  /** Applies an edit (or its inverse) and says which pixels have changed. @throws BugError when it was made on another state */
  apply(edit: Edit): readonly Rect[] {
    this.#transaction?.rollBack();
    this.show(null);
    this.#state = applyEdit(this.#state, edit);
    return edit.tiles.map(({ index, before, after }) => {
      const old = this.#takeRaw(index) ?? this.#decode(index, before);
      const now = this.#decode(index, after);
      const changed = changedRect(tileRect(this.grid, index), old, now);
      this.#recycle(old);
      this.#keepRaw(index, now);
      this.#rleBands.forget(index);
      return changed;
    });
  }

  /** Row-major run lengths, shared/mask/rleBinary.ts. Bands of the image that have not changed since the last call cost nothing. */
  toRle(): Uint8Array {
    return this.#rleBands.encode((index) => this.readTile(index));
  }

  toBitmap(): Bitmap {
    const bitmap = emptyBitmap(this.widthPx, this.heightPx);
    for (let index = 0; index < this.#state.tiles.length; index++) {
      const tile = this.readTile(index);
      const rect = tileRect(this.grid, index);
      for (let row = 0; row < rect.heightPx; row++) {
        const target = (rect.yPx + row) * this.widthPx + rect.xPx;
        if (typeof tile === 'number') bitmap.data.fill(tile, target, target + rect.widthPx);
        else for (let x = 0; x < rect.widthPx; x++) bitmap.data[target + x] = (tile[row * rect.widthPx + x] as number) >= 128 ? 255 : 0;
      }
    }
    return bitmap;
  }

  #decode(index: number, tile: EncodedTile): Uint8Array {
    const buffer = this.#spare.pop() ?? new Uint8Array(tileSizePx * tileSizePx);
    decodeTile(tile, buffer.subarray(0, tileAreaPx(this.grid, index)));
    return buffer;
  }

  #takeRaw(index: number): Uint8Array | undefined {
    const pixels = this.#raw.get(index);
    if (pixels !== undefined) this.#raw.delete(index);
    return pixels;
  }

  #keepRaw(index: number, pixels: Uint8Array): void {
    this.#raw.set(index, pixels);
    if (this.#raw.size <= maxRawTiles) return;
    const [oldest] = this.#raw.keys();
    this.#recycle(present(this.#takeRaw(present(oldest, 'The oldest tile')), 'Its pixels'));
  }

  #recycle(pixels: Uint8Array): void {
    if (this.#spare.length < maxSpareTiles) this.#spare.push(pixels);
  }
}
