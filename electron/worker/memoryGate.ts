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

  /** @returns whether intake is to pause now; `tooTight`: it goes on above the ceiling, since waiting would free nothing */
  look({ usedBytes, messagesInHand }: MemoryLook): { readonly isClosed: boolean; readonly tooTight: boolean } {
    const share = usedBytes / this.limitBytes;
    if (!this.#closed) {
      this.#idleLooks = 0;
      this.#closed = share >= pauseAtShare;
      return { isClosed: this.#closed, tooTight: false };
    }
    this.#idleLooks = messagesInHand === 0 ? this.#idleLooks + 1 : 0;
    const tooTight = share >= goOnBelowShare && this.#idleLooks >= idleLooks;
    if (share < goOnBelowShare || tooTight) {
      this.#closed = false;
      this.#idleLooks = 0;
    }
    return { isClosed: this.#closed, tooTight };
  }
}
