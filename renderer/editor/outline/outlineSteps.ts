import type { MarkPoint } from '../tools/marks.ts';

/** Points that are being joined to a ring, or that one already. */
export interface Outline {
  readonly points: readonly MarkPoint[];
  readonly isClosed: boolean;
}

export const noOutline: Outline = { points: [], isClosed: false };

/** All of it, to be gone on with later. */
export interface KeptSteps {
  readonly past: readonly Outline[];
  readonly current: Outline;
  readonly future: readonly Outline[];
}

/** Steps that are kept to be undone. */
const maxSteps = 1000;

/** What an outline was before each change: placing, moving and removing vertices can be undone before the outline itself is an item of history. */
export class OutlineSteps {
  #past: Outline[] = [];
  #future: Outline[] = [];
  #current: Outline = noOutline;

  get current(): Outline {
    return this.#current;
  }

  get kept(): KeptSteps {
    return { past: [...this.#past], current: this.#current, future: [...this.#future] };
  }

  restore({ past, current, future }: KeptSteps): void {
    this.#past = [...past];
    this.#current = current;
    this.#future = [...future];
  }

  /** One step on. */
  push(outline: Outline): void {
    this.#past.push(this.#current);
    if (this.#past.length > maxSteps) this.#past.shift();
    this.#future = [];
    this.#current = outline;
  }

  /** The same step, better. */
  amend(outline: Outline): void {
    this.#current = outline;
  }

  /** @returns whether there was a step to take back */
  undo(): boolean {
    const before = this.#past.pop();
    if (before === undefined) return false;
    this.#future.push(this.#current);
    this.#current = before;
    return true;
  }

  redo(): boolean {
    const after = this.#future.pop();
    if (after === undefined) return false;
    this.#past.push(this.#current);
    this.#current = after;
    return true;
  }

  /** Forgets everything. @param outline to begin with */
  reset(outline: Outline = noOutline): void {
    this.#past = [];
    this.#future = [];
    this.#current = outline;
  }
}
