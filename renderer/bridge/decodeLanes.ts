import { CancelledError, throwIfCancelled } from '../../shared/errors/errors.ts';

export interface LaneOptions {
  readonly signal?: AbortSignal | undefined;
  readonly lane?: number | undefined;
}

interface Waiting {
  begin(): void;
  replace(): void;
}

/**
 * One piece of work at a time in each lane: while it runs only the newest of those that came after it waits, the others are cancelled. So a dragged
 * point is decoded as often as the decoder can, each time at its newest place. Work without a lane waits for nothing.
 */
export class DecodeLanes {
  /** Lanes with work under way, and what waits in them. */
  readonly #lanes = new Map<number, Waiting | null>();

  /** @throws CancelledError when replaced, or aborted: at once, whatever the work does then */
  async run<Result>(work: () => Promise<Result>, { signal, lane }: LaneOptions): Promise<Result> {
    throwIfCancelled(signal);
    if (lane === undefined) return untilAborted(begin(work), signal);
    if (this.#lanes.has(lane)) await this.#turn(lane, signal);
    else this.#lanes.set(lane, null);
    // Begun in this very turn where the lane is free: what else a click has to do comes after it.
    const running = begin(work);
    // The lane is busy as long as the decoder is, not as long as somebody waits.
    const done = (): void => this.#next(lane);
    running.then(done, done);
    return untilAborted(running, signal);
  }

  #turn(lane: number, signal: AbortSignal | undefined): Promise<void> {
    this.#lanes.get(lane)?.replace();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        if (this.#lanes.get(lane) === waiting) this.#lanes.set(lane, null);
        reject(new CancelledError('Cancelled', { cause: signal?.reason }));
      };
      const waiting: Waiting = {
        begin: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
        replace: () => {
          signal?.removeEventListener('abort', onAbort);
          reject(new CancelledError('A newer prompt was asked'));
        },
      };
      this.#lanes.set(lane, waiting);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  #next(lane: number): void {
    const waiting = this.#lanes.get(lane) ?? null;
    if (waiting === null) {
      this.#lanes.delete(lane);
      return;
    }
    this.#lanes.set(lane, null);
    waiting.begin();
  }
}

const begin = async <Result>(work: () => Promise<Result>): Promise<Result> => work();

const untilAborted = <Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> => {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new CancelledError('Cancelled', { cause: signal.reason }));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
};
