import type { Matte } from '../../../shared/edits/matte.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';

/** A matte with the mask that it was made for: where that has been painted on since, the mask counts (shared/edits/matte.ts `followMask`). */
export interface KeptMatte {
  readonly matte: Matte;
  readonly made: TileState;
}

interface Entry {
  /** History steps that were applied right after it. */
  readonly step: number;
  readonly kept: KeptMatte;
}

/** The mattes of one asset along its history: undo and redo find the one that belongs to the mask that they bring back. */
export class MatteTrail {
  #entries: Entry[];

  /** @param base what there was before any step of the history */
  constructor(base: KeptMatte | null = null) {
    this.#entries = base === null ? [] : [{ step: -1, kept: base }];
  }

  /** What holds after so many steps. */
  at(step: number): KeptMatte | null {
    return this.#entries.findLast((entry) => entry.step <= step)?.kept ?? null;
  }

  push(step: number, kept: KeptMatte): void {
    this.#entries.push({ step, kept });
  }

  /** The history goes on in another way from here: what came at this step or later will not come back. */
  cut(step: number): void {
    this.#entries = this.#entries.filter((entry) => entry.step < step);
  }
}
