import type { Edit } from '../../shared/edits/edit.ts';
import { decodeTile } from '../../shared/edits/tileCodec.ts';
import { tileAreaPx, tileRect } from '../../shared/edits/tileGrid.ts';
import type { TileState } from '../../shared/edits/tileState.ts';
import { isEmptyRect, type Rect } from '../../shared/mask/rect.ts';
import { editBetween } from './editBetween.ts';
import type { MaskDocument } from './maskDocument.ts';
import { changedRect } from './raster/changedRect.ts';
import type { Transaction } from './transaction.ts';

/**
 * Another mask that is shown before it counts: while a slider moves, or a matching mask is shifted into place. It lies in the document as a
 * transaction that is taken back at each change, so that everything that shows or reads the document sees it, and history does not.
 */
export class Proposal {
  readonly #document: MaskDocument;
  #transaction: Transaction | null = null;

  constructor(document: MaskDocument) {
    this.#document = document;
  }

  get changesSomething(): boolean {
    return this.#transaction !== null;
  }

  /** @returns which pixels (imagePx) are different from what was shown before. @throws RangeError for another size */
  show(mask: TileState | null): readonly Rect[] {
    const rects = [...this.#takeBack()];
    const edit = mask === null ? null : editBetween(this.#document.state, mask);
    if (edit === null) return rects;
    const transaction = this.#document.begin();
    for (const { index, after } of edit.tiles) {
      const areaPx = tileAreaPx(transaction.grid, index);
      const before = transaction.before(index);
      const pixels = transaction.write(index);
      decodeTile(after, pixels.subarray(0, areaPx));
      const changed = changedRect(tileRect(transaction.grid, index), before, pixels);
      if (!isEmptyRect(changed)) transaction.changed(index, changed);
    }
    this.#transaction = transaction;
    return [...rects, ...transaction.takeChanged()];
  }

  /** Ends it, kept. @returns null when it changes nothing */
  accept(): Edit | null {
    const transaction = this.#transaction;
    this.#transaction = null;
    return transaction?.commit() ?? null;
  }

  /** Ends it. @returns the pixels that are as before again */
  drop(): readonly Rect[] {
    return this.#takeBack();
  }

  #takeBack(): readonly Rect[] {
    const transaction = this.#transaction;
    this.#transaction = null;
    return transaction?.rollBack() ?? [];
  }
}
