/** After a pause nothing is waited for; while somebody works on, a save follows the last change by this. */
const restMs = 250;
/** Of work without a rest this much is unsaved at most. */
const longestMs = 1000;
/** The frame of the change goes first. */
const soonMs = 40;

/** When to save something that changes in bursts: soon after the first change, at rest, and at least once a second. */
export class SaveClock {
  readonly #save: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #unsavedSinceMs = 0;
  #savedAtMs = -Infinity;

  constructor(save: () => void) {
    this.#save = save;
  }

  changed(): void {
    const nowMs = performance.now();
    if (this.#timer === null) this.#unsavedSinceMs = nowMs;
    const isFirst = nowMs - this.#savedAtMs > longestMs;
    const waitMs = isFirst ? soonMs : Math.min(restMs, Math.max(soonMs, this.#unsavedSinceMs + longestMs - nowMs));
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.stop();
      this.#save();
    }, waitMs);
  }

  /** Nothing waits any more: it was saved, or must not be. */
  stop(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#savedAtMs = performance.now();
  }
}
