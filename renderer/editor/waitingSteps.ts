/**
 * Undo and redo that wait for steps from disk, one after the other. Read ahead of need, they hardly ever wait; a hand that is faster waits for
 * the disk, not for another press.
 */
export class WaitingSteps {
  #chain: Promise<void> = Promise.resolve();
  #waiting = 0;
  #round = 0;

  get isEmpty(): boolean {
    return this.#waiting === 0;
  }

  /** @param fetch never rejects @param take is called once what was fetched is there */
  add(fetch: () => Promise<void>, take: () => void): void {
    const round = this.#round;
    this.#waiting++;
    this.#chain = this.#chain.then(async () => {
      if (round === this.#round) await fetch();
      // Asked again: meanwhile the person may have painted or left.
      if (round !== this.#round) return;
      this.#waiting--;
      take();
    });
  }

  /** Something else was done: what waits is not meant any more. */
  clear(): void {
    this.#round++;
    this.#waiting = 0;
  }
}
