const windowMs = 60_000;
const mostRestarts = 4;

/** A process that dies now and then is started again; one that keeps dying is not. */
export class RestartPolicy {
  #restartedAtMs: number[] = [];

  /** Counts the restart when it allows it. */
  mayRestart(nowMs: number): boolean {
    this.#restartedAtMs = this.#restartedAtMs.filter((atMs) => nowMs - atMs < windowMs);
    if (this.#restartedAtMs.length >= mostRestarts) return false;
    this.#restartedAtMs.push(nowMs);
    return true;
  }
}
