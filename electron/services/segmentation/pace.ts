/** Length of working time that the rate is taken over. */
const windowMs = 3 * 60_000;

/** Finished tasks a minute of working time: pauses and idle hours do not count, so that the time left stays true after them. */
export class Pace {
  /** Working time at which tasks were finished, oldest first. */
  readonly #finishedAtMs: number[] = [];
  #workedMs = 0;
  #workingSinceMs: number | null = null;
  /** Working time before which there is no history. */
  #startMs = 0;

  /** @param working whether anything is in hand from now on */
  setWorking(working: boolean, nowMs: number): void {
    if (working === (this.#workingSinceMs !== null)) return;
    this.#workedMs = this.#now(nowMs);
    this.#workingSinceMs = working ? nowMs : null;
  }

  finished(nowMs: number): void {
    const at = this.#now(nowMs);
    this.#finishedAtMs.push(at);
    while ((this.#finishedAtMs[0] as number) < at - windowMs) this.#startMs = this.#finishedAtMs.shift() as number;
  }

  /** Null before the first finished task. */
  perMinute(nowMs: number): number | null {
    const spanMs = this.#now(nowMs) - this.#startMs;
    return this.#finishedAtMs.length === 0 || spanMs <= 0 ? null : (this.#finishedAtMs.length * 60_000) / spanMs;
  }

  #now(nowMs: number): number {
    return this.#workedMs + (this.#workingSinceMs === null ? 0 : nowMs - this.#workingSinceMs);
  }
}
