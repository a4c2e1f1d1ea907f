/** Of questions that follow each other the newest alone is answered; the one before it is given up, also where the work is done. */
export class LatestQuestion {
  #stop: AbortController | null = null;

  /** @returns null: it was given up meanwhile, whatever came of it. @throws what `put` does, unless given up */
  async ask<Answer>(put: (signal: AbortSignal) => Promise<Answer>): Promise<{ readonly answer: Answer } | null> {
    this.giveUp();
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const answer = await put(stop.signal);
      return stop.signal.aborted ? null : { answer };
    } catch (error) {
      if (stop.signal.aborted) return null;
      throw error;
    }
  }

  /** Nobody waits for an answer any more. */
  giveUp(): void {
    this.#stop?.abort();
    this.#stop = null;
  }
}
