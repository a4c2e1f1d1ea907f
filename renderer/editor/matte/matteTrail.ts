import type { Matte } from '../../../shared/edits/matte.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';

/** A matte with the mask that it was made for: where that has been painted on since, the mask counts (shared/edits/matte.ts `followMask`). */
export interface KeptMatte {
  readonly matte: Matte;
  readonly made: TileState;
}

/** A stored one is read after the mask is on the desk; null: there is none, or it can't be read. Never rejects. */
export type ComingMatte = Promise<KeptMatte | null>;

export interface MatteStep {
  /** How many steps of the history were applied right after it was made; -1: it was there before any. */
  readonly step: number;
  readonly coming: ComingMatte;
}

/** What an earlier visit, or the revision, has of mattes. */
export interface StoredMattes {
  /** How many steps were applied in the mask that is loaded. */
  readonly applied: number;
  /** In order. */
  readonly mattes: readonly MatteStep[];
}

interface Entry extends MatteStep {
  /** Undefined: not here yet. */
  kept: KeptMatte | null | undefined;
}

/** The mattes of one asset along its history: undo and redo find the one that belongs to the mask that they bring back. */
export class MatteTrail {
  #entries: Entry[] = [];
  #onCame: () => void = () => undefined;

  /**
   * @param stored of an earlier visit
   * @param isContinued whether its undo steps are there too, under their numbers; else what belongs to the mask lies before the first step
   */
  constructor(stored: StoredMattes | null = null, isContinued = false) {
    if (stored === null) return;
    const atMask = stored.mattes.findLast(({ step }) => step <= stored.applied);
    for (const { step, coming } of isContinued ? stored.mattes : atMask === undefined ? [] : [{ ...atMask, step: -1 }]) this.#expect(step, coming);
  }

  /** Told when a matte has been read. One listener: the pane that shows it. */
  onCame(listener: () => void): void {
    this.#onCame = listener;
  }

  /** What holds after so many steps. */
  at(step: number): KeptMatte | null {
    return this.#at(step)?.kept ?? null;
  }

  /** The same, once it is known. */
  whenKnownAt(step: number): ComingMatte {
    return this.#at(step)?.coming ?? Promise.resolve(null);
  }

  isComingAt(step: number): boolean {
    const entry = this.#at(step);
    return entry !== undefined && entry.kept === undefined;
  }

  /** As they are now. */
  get steps(): readonly MatteStep[] {
    return this.#entries.map(({ step, coming }) => ({ step, coming }));
  }

  push(step: number, kept: KeptMatte): void {
    this.#entries.push({ step, kept, coming: Promise.resolve(kept) });
  }

  /** The history goes on in another way from here: what came at this step or later will not come back. */
  cut(step: number): void {
    this.#entries = this.#entries.filter((entry) => entry.step < step);
  }

  /** The history begins anew with what holds after so many steps. */
  restart(step: number): void {
    const entry = this.#at(step);
    this.#entries = entry === undefined ? [] : [Object.assign(entry, { step: -1 })];
  }

  #expect(step: number, coming: ComingMatte): void {
    const entry: Entry = { step, coming, kept: undefined };
    this.#entries.push(entry);
    void coming.then((kept) => {
      entry.kept = kept;
      this.#onCame();
    });
  }

  #at(step: number): Entry | undefined {
    return this.#entries.findLast((entry) => entry.step <= step);
  }
}
