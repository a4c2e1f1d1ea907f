import { CancelledError, throwIfCancelled } from '../../../shared/errors/errors.ts';

interface Job<Step, Result> {
  readonly controller: AbortController;
  readonly listeners: Set<(step: Step) => void>;
  lastStep: { readonly step: Step } | null;
  readonly result: Promise<Result>;
  waiters: number;
}

export interface JobWaiter<Step> {
  readonly signal?: AbortSignal | undefined;
  /** Also told of the last step that was before it joined. */
  readonly onStep?: ((step: Step) => void) | undefined;
}

/** Work that several may want at the same moment is done once; it is aborted when the last of them has gone. */
export class SharedJobs<Step, Result> {
  readonly #jobs = new Map<string, Job<Step, Result>>();

  has(key: string): boolean {
    return this.#jobs.has(key);
  }

  /** @throws CancelledError at the waiter's own signal, whatever becomes of the work; else what the work throws */
  async join(key: string, { signal, onStep }: JobWaiter<Step>, work: (signal: AbortSignal, tell: (step: Step) => void) => Promise<Result>): Promise<Result> {
    throwIfCancelled(signal);
    const job = this.#jobs.get(key) ?? this.#start(key, work);
    job.waiters++;
    const listener = (step: Step): void => onStep?.(step);
    job.listeners.add(listener);
    if (job.lastStep !== null) listener(job.lastStep.step);
    let abort = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(new CancelledError('Nobody waits for it any more'));
      signal?.addEventListener('abort', abort, { once: true });
    });
    try {
      return await Promise.race([job.result, aborted]);
    } finally {
      signal?.removeEventListener('abort', abort);
      job.listeners.delete(listener);
      job.waiters--;
      if (job.waiters === 0) this.#leave(key, job);
    }
  }

  #start(key: string, work: (signal: AbortSignal, tell: (step: Step) => void) => Promise<Result>): Job<Step, Result> {
    const controller = new AbortController();
    const listeners = new Set<(step: Step) => void>();
    const tell = (step: Step): void => {
      job.lastStep = { step };
      for (const listener of [...listeners]) listener(step);
    };
    // In a turn of its own, so that the job is known before its first step.
    const result = Promise.resolve().then(() => work(controller.signal, tell));
    const job: Job<Step, Result> = { controller, listeners, lastStep: null, result, waiters: 0 };
    this.#jobs.set(key, job);
    const forget = (): void => {
      if (this.#jobs.get(key) === job) this.#jobs.delete(key);
    };
    // The failure is the waiters'; every one of them may have gone by then.
    result.then(forget, forget);
    return job;
  }

  /** Who asks from now on starts afresh: what is being aborted can not be joined. */
  #leave(key: string, job: Job<Step, Result>): void {
    if (this.#jobs.get(key) === job) this.#jobs.delete(key);
    job.controller.abort();
  }
}
