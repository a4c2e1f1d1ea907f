import { setTimeout as sleep } from 'node:timers/promises';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { pauseMs } from './retries.ts';

const firstMs = 100;
const longestMs = 5_000;

interface Awaited {
  readonly asset: AssetRef;
  readonly resolve: (isThere: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The pipeline's rows of one message's assets, which may come a little after it. One look for all that are missing: thousands of frames whose rows never
 * come cost the database no more than one.
 */
export class RowArrivals {
  readonly #look: (assets: readonly AssetRef[]) => Promise<readonly AssetRef[]>;
  readonly #signal: AbortSignal;
  readonly #deadlineMs: number;
  readonly #awaited = new Map<string, Awaited>();
  #isLooking = false;

  /** @param look returns those that are missing still */
  constructor(look: (assets: readonly AssetRef[]) => Promise<readonly AssetRef[]>, waitMs: number, signal: AbortSignal) {
    this.#look = look;
    this.#signal = signal;
    this.#deadlineMs = performance.now() + waitMs;
  }

  /** @returns as soon as the row is there; false: it did not come in time. @throws what the look throws; CancelledError */
  hasCome(asset: AssetRef): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#awaited.set(asset.id, { asset, resolve, reject });
      if (!this.#isLooking) void this.#lookOut();
    });
  }

  async #lookOut(): Promise<void> {
    this.#isLooking = true;
    for (let attempt = 1; this.#awaited.size > 0; attempt++) {
      const asked = [...this.#awaited.values()];
      try {
        const isOver = performance.now() >= this.#deadlineMs;
        const missing = new Set((await this.#look(asked.map(({ asset }) => asset))).map(({ id }) => id));
        for (const { asset, resolve } of asked) {
          if (missing.has(asset.id) && !isOver) continue;
          this.#awaited.delete(asset.id);
          resolve(!missing.has(asset.id));
        }
        if (this.#awaited.size > 0 && !isOver) await sleep(pauseMs({ firstMs, longestMs }, attempt), undefined, { signal: this.#signal });
      } catch (error) {
        for (const { reject } of this.#awaited.values()) reject(error);
        this.#awaited.clear();
      }
    }
    this.#isLooking = false;
  }
}
