import { CancelledError, sentenceOf } from '../../shared/errors/errors.ts';
import type { Disposable } from '../base/disposables.ts';

export const partNames = ['store', 'blobs', 'broker', 'model'] as const;
export type PartName = (typeof partNames)[number];

export interface PartState {
  readonly isUp: boolean;
  /** Why not, in a sentence; null when it is up. */
  readonly reason: string | null;
  /** Since when it is as it is. */
  readonly sinceMs: number;
}

export interface PartWatchOptions {
  readonly name: PartName;
  /** Resolves when the part can be used; rejects with the sentence why not. */
  readonly probe: () => Promise<void>;
  /** Between looks while it is up. */
  readonly everyMs?: number;
  /** An answer that takes longer is none. */
  readonly timeoutMs?: number;
  readonly onChange: (name: PartName, state: PartState) => void;
}

const firstRetryMs = 500;

/**
 * The circuit of one part that the work needs. It opens when a look fails or the work itself reports trouble ({@link report}), and closes
 * with the first look that succeeds: while it is open nothing new is taken in, so that trouble of a server never counts against a message.
 */
export class PartWatch implements Disposable {
  readonly #options: PartWatchOptions;
  readonly #everyMs: number;
  #state: PartState = { isUp: false, reason: 'not looked at yet', sinceMs: Date.now() };
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<PartState> | null = null;
  #reports = 0;
  #retryMs = firstRetryMs;
  #disposed = false;

  constructor(options: PartWatchOptions) {
    this.#options = options;
    this.#everyMs = options.everyMs ?? 5_000;
  }

  get name(): PartName {
    return this.#options.name;
  }

  get state(): PartState {
    return this.#state;
  }

  /** Looks now, and regularly from then on. */
  look(): Promise<PartState> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
      this.#plan();
    });
    return this.#looking;
  }

  /** Work met trouble with this part: it counts as down until a look says otherwise. */
  report(error: unknown): void {
    this.#reports++;
    this.#become(sentenceOf(error));
    this.#plan();
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  async #lookOnce(): Promise<PartState> {
    const reportsBefore = this.#reports;
    let reason: string | null = null;
    try {
      await withTimeout(this.#options.probe(), this.#options.timeoutMs ?? 5_000);
    } catch (error) {
      reason = sentenceOf(error);
    }
    // What was reported while the look was under way is newer than what the look saw.
    if (reason !== null || this.#reports === reportsBefore) this.#become(reason);
    return this.#state;
  }

  #become(reason: string | null): void {
    if (this.#disposed) return;
    const isUp = reason === null;
    const changed = isUp !== this.#state.isUp || this.#state.reason === 'not looked at yet';
    if (isUp) this.#retryMs = firstRetryMs;
    this.#state = { isUp, reason, sinceMs: changed ? Date.now() : this.#state.sinceMs };
    if (changed) this.#options.onChange(this.name, this.#state);
  }

  #plan(): void {
    if (this.#disposed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const pauseMs = this.#state.isUp ? this.#everyMs : this.#retryMs;
    if (!this.#state.isUp) this.#retryMs = Math.min(2 * this.#retryMs, this.#everyMs);
    this.#timer = setTimeout(() => void this.look(), pauseMs).unref();
  }
}

const withTimeout = async (work: Promise<void>, timeoutMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CancelledError(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
