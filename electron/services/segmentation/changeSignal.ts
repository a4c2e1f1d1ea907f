/** Listeners hear of changes at once, then at most this often: a batch changes dozens of times a second. */
const everyMs = 200;

export class ChangeSignal {
  readonly #listeners = new Set<() => void>();
  #resting: NodeJS.Timeout | null = null;
  #missed = false;

  /** @returns a function that stops listening */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  fire(): void {
    if (this.#resting !== null) {
      this.#missed = true;
      return;
    }
    this.#resting = setTimeout(() => {
      this.#resting = null;
      if (!this.#missed) return;
      this.#missed = false;
      this.fire();
    }, everyMs);
    for (const listener of [...this.#listeners]) listener();
  }

  dispose(): void {
    if (this.#resting !== null) clearTimeout(this.#resting);
    this.#listeners.clear();
  }
}
