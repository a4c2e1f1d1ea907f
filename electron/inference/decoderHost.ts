import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DecodeTensor } from '../../shared/contracts/decoding/messages.ts';
import { BugError, CancelledError, ExpectedError, throwIfCancelled } from '../../shared/errors/errors.ts';
import type { Disposable } from '../base/disposables.ts';
import { Mutex } from '../base/mutex.ts';
import { attemptFailure, failureError, nextAttempt, type AttemptFailure } from './attempts.ts';
import { providerOrder, providersFromEnv, type ExecutionProviderName } from './executionProviders.ts';
import type { ModelFile } from './inferenceHost.ts';
import type { InferenceLauncher } from './launcher.ts';
import { ProcessGoneError, ProcessLink, type Answer } from './processLink.ts';
import type { InferenceQuestion } from './protocol.ts';

export interface DecoderHostOptions {
  readonly launcher: InferenceLauncher;
  /** Of a decoder's session. Default: the machine's cores, at most 4: a decoder's layers are small, more threads wait for one another. */
  readonly threads?: number | undefined;
  /** As for the session host. */
  readonly executionProviders?: readonly ExecutionProviderName[] | undefined;
  /** Which GPU, where providers count them; default: the first. */
  readonly gpuId?: number | undefined;
  /** Bytes of embeddings that may be held; asked at each hold. */
  readonly maxHeldBytes: () => number;
  /** After this long without an answer the process counts as hung. Default 2 minutes. */
  readonly jobTimeoutMs?: number | undefined;
  /** Pause before a process that died is replaced, doubled at each death in a row. Default 200 ms. */
  readonly restartDelayMs?: number | undefined;
  /** A sentence for people. */
  readonly onNotice?: ((message: string) => void) | undefined;
}

/** What a hold did. */
export interface HeldEmbedding {
  /** Of its tensors, in the decoding process. */
  readonly heldBytes: number;
  /** Keys that had to go for it, least recently used first. */
  readonly droppedKeys: readonly string[];
}

export interface DecodedOutputs {
  /** In the order of `fetches`. */
  readonly outputs: readonly DecodeTensor[];
  /** In the decoder's run alone. */
  readonly inferenceMs: number;
}

/** The process that answers prompts: it holds embeddings, so that a prompt sends none, and runs nothing else, so that a prompt waits for nothing. */
export interface DecoderHost extends Disposable {
  /**
   * Has the process read an embedding and keep it, and load its decoder and warm it; at once where it is held already. What was used longest ago
   * goes when the limit in bytes is reached.
   * @param file as shared/prompts/embeddingFile.ts writes it
   * @throws ExpectedError model_corrupt, file_unreadable (the embedding: make it again), out_of_memory, inference_crashed; CancelledError
   */
  hold(key: string, decoder: ModelFile, file: string, options?: { readonly signal?: AbortSignal | undefined }): Promise<HeldEmbedding>;
  /** Whether the process that runs now holds it. */
  isHeld(key: string): boolean;
  /** Process id of the process that runs now; null when there is none. */
  readonly pid: number | null;
  /** Lets it go; nothing where it is not held. */
  drop(key: string): void;
  /**
   * Answers a prompt about a held embedding.
   * @throws ExpectedError not_found (the key is not held, as after the process died), inference_failed; CancelledError
   */
  decode(key: string, feeds: readonly DecodeTensor[], fetches: readonly string[], options?: { readonly signal?: AbortSignal | undefined }): Promise<DecodedOutputs>;
  dispose(): Promise<void>;
}

export const createDecoderHost = (options: DecoderHostOptions): DecoderHost => new ProcessDecoderHost(options);

const mostThreads = 4;
const maxRestartDelayMs = 5_000;

class ProcessDecoderHost implements DecoderHost {
  readonly #options: DecoderHostOptions;
  readonly #wanted: readonly ExecutionProviderName[] | null;
  readonly #stop = new AbortController();
  /** Holds come one after another; prompts do not wait for them here, but in the process. */
  readonly #holding = new Mutex();
  readonly #held = new Set<string>();
  #connecting: Promise<ProcessLink> | null = null;
  #link: ProcessLink | null = null;
  #lastJobId = 0;
  #deathsInARow = 0;

  constructor(options: DecoderHostOptions) {
    this.#options = options;
    this.#wanted = options.executionProviders ?? providersFromEnv();
  }

  get pid(): number | null {
    return this.#link?.isGone === false ? this.#link.pid : null;
  }

  isHeld(key: string): boolean {
    return this.#link?.isGone === false && this.#held.has(key);
  }

  hold(key: string, decoder: ModelFile, file: string, options: { readonly signal?: AbortSignal | undefined } = {}): Promise<HeldEmbedding> {
    return this.#holding.run(() => this.#hold(key, decoder, file, options.signal));
  }

  drop(key: string): void {
    if (this.#held.delete(key)) this.#link?.tell({ kind: 'drop', key });
  }

  async decode(key: string, feeds: readonly DecodeTensor[], fetches: readonly string[], { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<DecodedOutputs> {
    throwIfCancelled(signal);
    throwIfCancelled(this.#stop.signal);
    const link = this.#link;
    if (link === null || link.isGone || !this.#held.has(key)) throw notHeld();
    try {
      const answer = await this.#ask(link, { kind: 'decode', jobId: ++this.#lastJobId, key, feeds: [...feeds], fetches: [...fetches] });
      throwIfCancelled(signal);
      if (answer.kind === 'decoded') return answer;
      if (answer.kind !== 'failed') throw new BugError(`a decode was answered by ${answer.kind}`);
      if (answer.reason === 'not_held') {
        this.#held.delete(key);
        throw notHeld();
      }
      // What it had was let go, to make room.
      if (answer.reason === 'out_of_memory') this.#held.clear();
      throw new ExpectedError(answer.reason === 'out_of_memory' ? 'out_of_memory' : 'inference_failed', `The model could not answer this prompt: ${answer.message}`);
    } catch (error) {
      if (!(error instanceof ProcessGoneError)) throw error;
      throwIfCancelled(this.#stop.signal);
      throw notHeld(error);
    }
  }

  async dispose(): Promise<void> {
    this.#stop.abort();
    await this.#link?.kill();
    await this.#connecting?.catch(() => undefined);
    // A process that was being started while we closed.
    await this.#link?.kill();
  }

  async #hold(key: string, decoder: ModelFile, file: string, signal: AbortSignal | undefined): Promise<HeldEmbedding> {
    const failures: AttemptFailure[] = [];
    for (;;) {
      throwIfCancelled(signal);
      throwIfCancelled(this.#stop.signal);
      const plan = nextAttempt(failures);
      if (plan === null) throw failureError(failures, decoder.path);
      const order = plan.cpuOnly ? (['cpu'] as const) : providerOrder(this.#wanted, decoder.executionProviders);
      const threads = Math.min(this.#options.threads ?? availableParallelism(), mostThreads);
      try {
        const link = await this.#connect();
        const session = { modelPath: decoder.path, executionProviders: [...order], threads, ...(this.#options.gpuId === undefined ? {} : { gpuId: this.#options.gpuId }) };
        const answer = await this.#ask(link, { kind: 'hold', jobId: ++this.#lastJobId, key, session, file, maxHeldBytes: this.#options.maxHeldBytes() });
        this.#deathsInARow = 0;
        if (answer.kind === 'failed') {
          // What it had was let go, to make room.
          if (answer.reason === 'out_of_memory') this.#held.clear();
          if (answer.reason === 'file_damaged') throw new ExpectedError('file_unreadable', `What was kept of this picture can't be used: ${answer.message}.`, { details: { file } });
          failures.push(attemptFailure(answer));
          continue;
        }
        if (answer.kind !== 'held') throw new BugError(`a hold was answered by ${answer.kind}`);
        this.#held.add(key);
        for (const dropped of answer.droppedKeys) this.#held.delete(dropped);
        return answer;
      } catch (error) {
        if (!(error instanceof ProcessGoneError)) throw error;
        throwIfCancelled(this.#stop.signal);
        this.#deathsInARow++;
        failures.push({ kind: 'crashed', reason: error.message });
        this.#options.onNotice?.(`The process that answers prompts ended (${error.message}) and is being restarted.`);
      }
    }
  }

  #ask(link: ProcessLink, question: InferenceQuestion): Promise<Answer> {
    return link.ask(question, this.#options.jobTimeoutMs ?? 120_000);
  }

  async #connect(): Promise<ProcessLink> {
    if (this.#link !== null && !this.#link.isGone) return this.#link;
    this.#held.clear();
    if (this.#deathsInARow > 0) {
      const delayMs = Math.min((this.#options.restartDelayMs ?? 200) * 2 ** (this.#deathsInARow - 1), maxRestartDelayMs);
      await sleep(delayMs, undefined, { signal: this.#stop.signal }).catch((error: unknown) => {
        throw new CancelledError('The application is closing', { cause: error });
      });
    }
    this.#connecting = ProcessLink.start(this.#options.launcher, 'decoding', (provider, message) =>
      this.#options.onNotice?.(`${provider} can't be used for prompts on this machine (${message.split('\n')[0]?.slice(0, 200) ?? ''}); the next execution provider is taken.`),
    );
    try {
      this.#link = await this.#connecting;
      return this.#link;
    } catch (error) {
      throw new ExpectedError('inference_crashed', 'The process that answers prompts could not be started.', { cause: error });
    } finally {
      this.#connecting = null;
    }
  }
}

const notHeld = (cause?: unknown): ExpectedError => new ExpectedError('not_found', 'What was prepared of this picture is no longer in memory: prepare it again.', { cause });
