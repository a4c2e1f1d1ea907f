import { editBytes, type Edit } from '../../shared/edits/edit.ts';
import { invertEdit } from '../../shared/edits/invertEdit.ts';

/** At 24 MP a stroke of 2400 px costs 15 to 25 kB (bench/editor.bench.ts): room for some 700 of them, and for 200 across the whole image. */
export const defaultHistoryLimitBytes = 16 * 1024 * 1024;

/** Marks that no state within reach is the saved one. */
const unreachable = -1;

/** What was done to one asset's mask, in order. Bounded in bytes: the oldest steps are dropped, the last one always stays. */
export class History {
  readonly #limitBytes: number;
  #edits: Edit[] = [];
  /** Number of edits that are applied; the rest can be redone. */
  #applied = 0;
  /** Edits dropped from the front, so that states keep their number. */
  #dropped = 0;
  #savedState: number;
  #bytes = 0;

  /** @param isSaved whether the mask at the beginning is one that is stored as a revision */
  constructor(limitBytes: number, isSaved: boolean) {
    this.#limitBytes = limitBytes;
    this.#savedState = isSaved ? 0 : unreachable;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#edits.length;
  }

  get canUndo(): boolean {
    return this.#applied > 0;
  }

  get canRedo(): boolean {
    return this.#applied < this.#edits.length;
  }

  get isDirty(): boolean {
    return this.#dropped + this.#applied !== this.#savedState;
  }

  /** The present state is the stored one. */
  markSaved(): void {
    this.#savedState = this.#dropped + this.#applied;
  }

  /** Takes an edit that has been applied; what could be redone is gone. */
  push(edit: Edit): void {
    for (const undone of this.#edits.splice(this.#applied)) this.#bytes -= editBytes(undone);
    if (this.#savedState > this.#dropped + this.#applied) this.#savedState = unreachable;
    this.#edits.push(edit);
    this.#applied++;
    this.#bytes += editBytes(edit);
    while (this.#bytes > this.#limitBytes && this.#edits.length > 1) {
      this.#bytes -= editBytes(this.#edits.shift() as Edit);
      this.#applied--;
      this.#dropped++;
    }
  }

  /** @returns the edit that takes the last step back, to be applied; null when there is none */
  undo(): Edit | null {
    if (!this.canUndo) return null;
    this.#applied--;
    return invertEdit(this.#edits[this.#applied] as Edit);
  }

  /** @returns the edit to be applied again; null when there is none */
  redo(): Edit | null {
    if (!this.canRedo) return null;
    return this.#edits[this.#applied++] as Edit;
  }
}
