/** What the meter saw of the last second, or of the last events. */
export interface FrameFigures {
  /** Animation frames in the last second; a window in which nothing moves makes none of its own. */
  readonly framesPerSecond: number;
  /** From an event's time stamp to the end of its frame's work, ms; NaN before the first. */
  readonly paintP50Ms: number;
  readonly paintP95Ms: number;
  /** Tasks over 50 ms since the meter was started. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
}

const eventTypes = ['pointerdown', 'pointermove', 'pointerup', 'keydown', 'wheel'] as const;
const keptEvents = 240;
const secondMs = 1000;

const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** Counts frames, and measures from input to painted frame, while it runs. */
export class FrameMeter {
  readonly #ending = new AbortController();
  readonly #frames: number[] = [];
  readonly #paints: number[] = [];
  readonly #observer: PerformanceObserver;
  #waiting: number[] = [];
  #longTasks = 0;
  #longestTaskMs = 0;

  constructor() {
    for (const type of eventTypes) {
      window.addEventListener(type, ({ timeStamp }) => this.#note(timeStamp), { capture: true, passive: true, signal: this.#ending.signal });
    }
    this.#observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        this.#longTasks++;
        this.#longestTaskMs = Math.max(this.#longestTaskMs, duration);
      }
    });
    this.#observer.observe({ type: 'longtask' });
    const count = (): void => {
      if (this.#ending.signal.aborted) return;
      const now = performance.now();
      this.#frames.push(now);
      while (now - (this.#frames[0] ?? now) > secondMs) this.#frames.shift();
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  }

  read(): FrameFigures {
    const sorted = [...this.#paints].sort((a, b) => a - b);
    return {
      framesPerSecond: this.#frames.length,
      paintP50Ms: percentile(sorted, 0.5),
      paintP95Ms: percentile(sorted, 0.95),
      longTasks: this.#longTasks,
      longestTaskMs: this.#longestTaskMs,
    };
  }

  end(): void {
    this.#ending.abort();
    this.#observer.disconnect();
  }

  #note(timeStampMs: number): void {
    this.#waiting.push(timeStampMs);
    if (this.#waiting.length > 1) return;
    requestAnimationFrame(() => {
      const events = this.#waiting;
      this.#waiting = [];
      // A message sent in a frame is received after its layout and paint.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        const now = performance.now();
        this.#paints.push(...events.map((at) => now - at));
        this.#paints.splice(0, Math.max(0, this.#paints.length - keptEvents));
      };
      channel.port2.postMessage(null);
    });
  }
}
