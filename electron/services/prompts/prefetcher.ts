import { setTimeout as sleep } from 'node:timers/promises';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import type { PrefetchStatus } from '../../../shared/contracts/rpc/prompts.ts';
import { isCancelled, isExpected } from '../../../shared/errors/errors.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Logger } from '../../base/logger.ts';

export interface Wish {
  readonly asset: AssetRef;
  readonly modelId: ModelId;
}

export interface PrefetcherParts {
  /** Makes and keeps one embedding; `hold`: has the decoding process hold it too. */
  readonly prepare: (wish: Wish, options: { readonly signal: AbortSignal; readonly hold: boolean }) => Promise<void>;
  /** Whether nobody waits and nothing else computes. */
  readonly isIdle: () => Promise<boolean>;
  /** How many of the first wishes are held ready for prompts; others are on disk. */
  readonly heldAhead: () => number;
  readonly logger: Logger;
  /** How often a busy machine is looked at. Default 300 ms. */
  readonly lookEveryMs?: number | undefined;
}

const keyOf = ({ asset, modelId }: Wish): string => `${modelId} ${assetKey(asset)}`;

/**
 * Works through a wish list while the machine is idle, one photo at a time, in its order. A new list replaces the old one: what is in hand goes on
 * where it is wished for still, else it is cancelled.
 */
export class Prefetcher implements Disposable {
  readonly #parts: PrefetcherParts;
  #wishes: readonly Wish[] = [];
  /** Of the present list. */
  readonly #ready = new Set<string>();
  readonly #failed = new Set<string>();
  #current: { readonly key: string; readonly stop: AbortController } | null = null;
  #working: Promise<void> | null = null;
  #disposed = false;

  constructor(parts: PrefetcherParts) {
    this.#parts = parts;
  }

  replace(wishes: readonly Wish[]): PrefetchStatus {
    if (this.#disposed) return this.status();
    this.#wishes = wishes;
    const wanted = new Set(wishes.map(keyOf));
    for (const kept of [this.#ready, this.#failed]) for (const key of kept) if (!wanted.has(key)) kept.delete(key);
    if (this.#current !== null && !wanted.has(this.#current.key)) this.#current.stop.abort();
    this.#start();
    return this.status();
  }

  status(): PrefetchStatus {
    return { wanted: this.#wishes.length, ready: this.#ready.size, failed: this.#failed.size };
  }

  /** Resolves when the list is worked off, as far as it can be. */
  async settled(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#wishes = [];
    this.#current?.stop.abort();
    await this.#working;
  }

  #next(): { readonly wish: Wish; readonly index: number } | null {
    const index = this.#wishes.findIndex((wish) => !this.#ready.has(keyOf(wish)) && !this.#failed.has(keyOf(wish)));
    const wish = this.#wishes[index];
    return wish === undefined ? null : { wish, index };
  }

  #start(): void {
    if (this.#next() === null) return;
    this.#working ??= this.#work()
      .catch((error: unknown) => this.#parts.logger.error({ err: error }, 'preparing photos ahead failed'))
      .finally(() => {
        this.#working = null;
        if (!this.#disposed) this.#start();
      });
  }

  async #work(): Promise<void> {
    for (let next = this.#next(); next !== null; next = this.#next()) {
      const stop = new AbortController();
      const key = keyOf(next.wish);
      this.#current = { key, stop };
      try {
        while (!(await this.#parts.isIdle())) await sleep(this.#parts.lookEveryMs ?? 300, undefined, { signal: stop.signal, ref: false });
        if (!stop.signal.aborted) {
          await this.#parts.prepare(next.wish, { signal: stop.signal, hold: next.index < this.#parts.heldAhead() });
          this.#ready.add(key);
        }
      } catch (error) {
        if (!isCancelled(error) || !stop.signal.aborted) this.#note(next.wish, error);
      } finally {
        this.#current = null;
      }
    }
  }

  /** Whoever opens the photo hears of it; ahead of that it is no news. */
  #note(wish: Wish, error: unknown): void {
    this.#failed.add(keyOf(wish));
    this.#parts.logger[isExpected(error) ? 'info' : 'warn']({ err: error, assetId: wish.asset.id }, 'a photo could not be prepared ahead');
    // Without weights every other one of this model would fail too.
    if (!isExpected(error, 'model_missing') && !isExpected(error, 'model_corrupt') && !isExpected(error, 'model_unknown')) return;
    for (const other of this.#wishes) if (other.modelId === wish.modelId) this.#failed.add(keyOf(other));
  }
}
