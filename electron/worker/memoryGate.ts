/** Intake pauses at this share of the ceiling and goes on below the other: between them nothing flutters. */
const pauseAtShare = 0.9;
const goOnBelowShare = 0.8;
/** With nothing in hand there is nothing that could free memory: after so many looks some work is let in all the same. */
const idleLooks = 5;

export interface MemoryLook {
  readonly usedBytes: number;
  readonly messagesInHand: number;
}

/** Slows intake before the ceiling is reached; it never stops it for good, even where the model alone takes more than the ceiling. */
export class MemoryGate {
  readonly limitBytes: number;
  #closed = false;
  #idleLooks = 0;

  /** @param limitBytes what the worker's processes may take together */
  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /**
   * Closes with work in hand alone: before the first message, and where nothing is left that could free memory, waiting would change nothing.
   * @returns whether intake is to pause now; `tooTight`: it goes on though memory is still short
   */
  look({ usedBytes, messagesInHand }: MemoryLook): { readonly isClosed: boolean; readonly tooTight: boolean } {
    const share = usedBytes / this.limitBytes;
    this.#idleLooks = messagesInHand === 0 ? this.#idleLooks + 1 : 0;
    if (!this.#closed) {
      this.#closed = share >= pauseAtShare && messagesInHand > 0;
      return { isClosed: this.#closed, tooTight: false };
    }
    const tooTight = share >= goOnBelowShare && this.#idleLooks >= idleLooks;
    if (share < goOnBelowShare || tooTight) this.#closed = false;
    return { isClosed: this.#closed, tooTight };
  }
}
