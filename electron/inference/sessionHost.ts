import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { BugError, CancelledError, ExpectedError, throwIfCancelled } from '../../shared/errors/errors.ts';
import { attemptFailure, failureError, nextAttempt, type AttemptFailure } from './attempts.ts';
import { providerOrder, providersFromEnv, type ExecutionProviderName } from './executionProviders.ts';
import type { InferenceAnswer, InferenceHost, InferenceJob, InferencePriority, InferenceRunOptions, InferenceStatus, ModelFile, ModelSignature } from './inferenceHost.ts';
import type { InferenceLauncher } from './launcher.ts';
import { ProcessGoneError, ProcessLink, type Answer } from './processLink.ts';
import type { InferenceRequest, SessionSpec } from './protocol.ts';

export interface SessionHostOptions {
  readonly launcher: InferenceLauncher;
  /** Threads of a session; default: the machine's cores. */
  readonly threads?: number | undefined;
  /** A person's choice; default: `MASKDESK_EXECUTION_PROVIDERS`, else this platform's table. */
  readonly executionProviders?: readonly ExecutionProviderName[] | undefined;
  /** Which GPU, where providers count them; default: the first. */
  readonly gpuId?: number | undefined;
  /** After this long without an answer a job counts as crashed. Default 5 minutes. */
  readonly jobTimeoutMs?: number | undefined;
  /** Pause before a process that died is replaced, doubled at each death in a row. Default 200 ms. */
  readonly restartDelayMs?: number | undefined;
  /** A sentence for people: a provider was lost, the process was restarted. */
  readonly onNotice?: ((message: string) => void) | undefined;
}

/** A `run` or `load` without its number and session, which each attempt fills in. */
type Body =
  | { readonly kind: 'load' }
  | Omit<Extract<InferenceRequest, { kind: 'run' }>, 'jobId' | 'session'>;

const rankOf = { now: 0, normal: 1, idle: 2 } as const satisfies Record<InferencePriority, number>;

type Done = Extract<Answer, { kind: 'result' | 'loaded' }>;

interface Queued {
  readonly rank: number;
  readonly model: ModelFile;
  readonly body: Body;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: Done) => void;
  readonly reject: (error: unknown) => void;
}

const maxRestartDelayMs = 5_000;

/** The core's side of the inference process: a queue, restarts and retries. Starts the process with its first job. */
export const createSessionHost = (options: SessionHostOptions): InferenceHost => new SessionHost(options);

class SessionHost implements InferenceHost {
  readonly #options: SessionHostOptions;
  readonly #wanted: readonly ExecutionProviderName[] | null;
  readonly #queue: Queued[] = [];
  readonly #stop = new AbortController();
  #link: ProcessLink | null = null;
  #working: Promise<void> | null = null;
  #current: Queued | null = null;
  #lastJobId = 0;
  #deathsInARow = 0;
  #restarts = 0;
  /** Set when a provider took the process down and the CPU did the same job: not tried again in this host's life. */
  #cpuOnly = false;
  #executionProvider: string | null = null;

  constructor(options: SessionHostOptions) {
    this.#options = options;
    this.#wanted = options.executionProviders ?? providersFromEnv();
  }

  async run(job: InferenceJob, options: InferenceRunOptions = {}): Promise<InferenceAnswer> {
    const body = { kind: 'run' as const, feeds: [...job.feeds], fetches: job.fetches === null || job.fetches === 'all' ? job.fetches : [...job.fetches] };
    const answer = await this.#enqueue(job.model, body, options);
    if (answer.kind !== 'result') throw new BugError('a run was answered like a load');
    return answer;
  }

  async load(model: ModelFile): Promise<ModelSignature> {
    const answer = await this.#enqueue(model, { kind: 'load' }, {});
    if (answer.kind !== 'loaded') throw new BugError('a load was answered like a run');
    return answer;
  }

  status(): InferenceStatus {
    const link = this.#link?.isGone === false ? this.#link : null;
    return {
      executionProvider: this.#executionProvider,
      pending: this.#queue.length + (this.#current === null ? 0 : 1),
      restarts: this.#restarts,
      pid: link?.pid ?? null,
      runtimeVersion: this.#link?.runtimeVersion ?? null,
    };
  }

  async dispose(): Promise<void> {
    this.#stop.abort();
    for (const queued of this.#queue.splice(0)) queued.reject(new CancelledError('The application is closing'));
    this.#current?.reject(new CancelledError('The application is closing'));
    await this.#link?.kill();
    await this.#working;
    // A process that was being started while we closed.
    await this.#link?.kill();
  }

  #enqueue(model: ModelFile, body: Body, { signal, priority = 'normal' }: InferenceRunOptions): Promise<Done> {
    return new Promise((resolve, reject) => {
      throwIfCancelled(signal);
      throwIfCancelled(this.#stop.signal);
      const cancel = (): void => {
        const index = this.#queue.indexOf(queued);
        if (index >= 0) this.#queue.splice(index, 1);
        queued.reject(new CancelledError('Cancelled', { cause: signal?.reason }));
      };
      const settled = <T>(settle: (value: T) => void) => (value: T): void => {
        signal?.removeEventListener('abort', cancel);
        settle(value);
      };
      const queued: Queued = { rank: rankOf[priority], model, body, signal, resolve: settled(resolve), reject: settled(reject) };
      signal?.addEventListener('abort', cancel, { once: true });
      // Behind those of its own rank; what runs is never interrupted.
      const place = this.#queue.findIndex(({ rank }) => rank > queued.rank);
      this.#queue.splice(place < 0 ? this.#queue.length : place, 0, queued);
      this.#working ??= this.#work();
    });
  }

  async #work(): Promise<void> {
    for (;;) {
      this.#current = this.#queue.shift() ?? null;
      if (this.#current === null) break;
      const { model, body, signal, resolve, reject } = this.#current;
      try {
        resolve(await this.#attempt(model, body, signal));
      } catch (error) {
        reject(error);
      }
    }
    this.#working = null;
  }

  async #attempt(model: ModelFile, body: Body, signal: AbortSignal | undefined): Promise<Done> {
    const failures: AttemptFailure[] = [];
    for (;;) {
      const plan = nextAttempt(failures);
      if (plan === null) throw failureError(failures, model.path);
      throwIfCancelled(signal);
      throwIfCancelled(this.#stop.signal);
      const session = this.#sessionFor(model, plan.cpuOnly);
      try {
        const link = await this.#connect();
        const answer = await link.ask({ ...body, jobId: ++this.#lastJobId, session }, this.#options.jobTimeoutMs ?? 300_000);
        this.#deathsInARow = 0;
        if (answer.kind === 'failed') {
          failures.push(attemptFailure(answer));
          if (answer.reason === 'out_of_memory') this.#notice('The model ran out of memory; trying again on the CPU.');
          continue;
        }
        if (answer.kind !== 'result' && answer.kind !== 'loaded') throw new BugError(`a ${body.kind} was answered by ${answer.kind}`);
        this.#executionProvider = answer.executionProvider;
        if (failures.filter(({ kind }) => kind === 'crashed').length > 1) this.#stayOnCpu(model);
        return answer;
      } catch (error) {
        if (!(error instanceof ProcessGoneError)) throw error;
        throwIfCancelled(this.#stop.signal);
        this.#deathsInARow++;
        failures.push({ kind: 'crashed', reason: error.message });
        this.#notice(`The model's process ended (${error.message}) and is being restarted.`);
      }
    }
  }

  #sessionFor(model: ModelFile, cpuOnly: boolean): SessionSpec {
    const order = cpuOnly || this.#cpuOnly ? (['cpu'] as const) : providerOrder(this.#wanted, model.executionProviders);
    return { modelPath: model.path, executionProviders: [...order], threads: this.#options.threads ?? availableParallelism(), ...(this.#options.gpuId === undefined ? {} : { gpuId: this.#options.gpuId }) };
  }

  async #connect(): Promise<ProcessLink> {
    if (this.#link !== null && !this.#link.isGone) return this.#link;
    if (this.#link !== null) this.#restarts++;
    if (this.#deathsInARow > 0) {
      const delayMs = Math.min((this.#options.restartDelayMs ?? 200) * 2 ** (this.#deathsInARow - 1), maxRestartDelayMs);
      await sleep(delayMs, undefined, { signal: this.#stop.signal });
    }
    try {
      this.#link = await ProcessLink.start(this.#options.launcher, 'background', (provider, message) =>
        this.#notice(`${provider} can't be used on this machine (${firstLine(message)}); the next execution provider is taken.`),
      );
      return this.#link;
    } catch (error) {
      throw new ExpectedError('inference_crashed', "The model's process could not be started.", { cause: error });
    }
  }

  #stayOnCpu(model: ModelFile): void {
    const triedFirst = this.#sessionFor(model, false).executionProviders[0];
    if (triedFirst === 'cpu') return;
    this.#cpuOnly = true;
    this.#notice('The graphics processor made the model end twice; the CPU is used from now on.');
  }

  #notice(message: string): void {
    this.#options.onNotice?.(message);
  }
}

const firstLine = (message: string): string => message.split('\n')[0]?.slice(0, 200) ?? '';
