interface Speed {
  readonly bytesPerS?: number;
  readonly latencyMs?: number;
}

/** Passes bytes on in their order, no faster and no earlier than the speed of the moment allows. */
export class Throttle {
  readonly #speed: () => Speed;
  #freeAtMs = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(speed: () => Speed) {
    this.#speed = speed;
  }

  passOn(bytes: Buffer, pass: (bytes: Buffer) => void): void {
    const { bytesPerS = Infinity, latencyMs = 0 } = this.#speed();
    const now = performance.now();
    this.#freeAtMs = Math.max(this.#freeAtMs, now) + (bytes.length / bytesPerS) * 1000;
    const waitMs = this.#freeAtMs + latencyMs - now;
    this.#last = this.#last.then(async () => {
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      pass(bytes);
    });
  }
}
