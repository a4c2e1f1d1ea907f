import type { Edit } from '../../shared/edits/edit.ts';
import type { TileState } from '../../shared/edits/tileState.ts';
import type { Rect } from '../../shared/mask/rect.ts';
import type { MaskDocument } from './maskDocument.ts';

/**
 * Another mask that is shown before it counts: while a slider moves, or a matching mask is shifted into place. Everything that shows or reads the
 * document sees it, and history does not.
 */
export class Proposal {
  readonly #document: MaskDocument;

  constructor(document: MaskDocument) {
    this.#document = document;
  }

  get changesSomething(): boolean {
    return this.#document.isShowingOther;
  }

  /** @returns rectangles that hold all pixels (imagePx) that are different from what was shown before. @throws RangeError for another size */
  show(mask: TileState | null): readonly Rect[] {
    return this.#document.show(mask);
  }

  /** Ends it, kept. @returns null when it changes nothing */
  accept(): Edit | null {
    return this.#document.keepShown();
  }

  /** Ends it. @returns rectangles that hold all pixels that are as before again */
  drop(): readonly Rect[] {
    return this.#document.show(null);
  }
}
