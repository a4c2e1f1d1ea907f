import { BugError, CancelledError, ExpectedError } from '../../shared/errors/errors.ts';
import type { DecoderSource, NamedTensor, PromptDecoderAnswer, PromptDecoderRequest, WindowExecution } from '../workers/promptDecoderProtocol.ts';

type Ask = PromptDecoderRequest extends infer Request ? (Request extends { readonly requestId: number } ? Omit<Request, 'requestId'> : never) : never;

interface Waiting {
  readonly resolve: (answer: Exclude<PromptDecoderAnswer, { kind: 'failed' }>) => void;
  readonly reject: (error: Error) => void;
}

export interface WindowDecoded {
  readonly outputs: readonly NamedTensor[];
  readonly inferenceMs: number;
  readonly execution: WindowExecution;
}

/** Loading included: who has not answered by then hangs, as threads do that can't be started. */
const answerTimeoutMs = 30_000;

/** The decoder in the window: a worker with ONNX Runtime for browsers. Started at its first use, ended by {@link WindowDecoder.end}; begins anew after that. */
export class WindowDecoder {
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #lastRequestId = 0;

  /** Loads decoder and embedding ahead of a prompt. @throws as {@link decode} */
  async hold(source: DecoderSource): Promise<WindowExecution> {
    return (await this.#ask({ kind: 'hold', source }, [])).execution;
  }

  /** @throws ExpectedError not_found (the embedding is gone), inference_failed; CancelledError when the decoder was ended */
  async decode(source: DecoderSource, feeds: readonly NamedTensor[], fetches: readonly string[]): Promise<WindowDecoded> {
    const answer = await this.#ask({ kind: 'decode', source, feeds, fetches }, []);
    if (answer.kind !== 'decoded') throw new BugError(`The decoder answered ${answer.kind} to a prompt`);
    return answer;
  }

  /** Gives its memory back. */
  end(): void {
    this.#lose(new CancelledError('The decoder in the window was ended.'));
  }

  #lose(error: Error): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#failAll(error);
  }

  #ask(ask: Ask, transfer: Transferable[]): Promise<Exclude<PromptDecoderAnswer, { kind: 'failed' }>> {
    const requestId = ++this.#lastRequestId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#lose(new ExpectedError('inference_failed', `The decoder in the window gave no answer within ${answerTimeoutMs / 1000} seconds.`)), answerTimeoutMs);
      const settled = <Value>(settle: (value: Value) => void) => (value: Value): void => {
        clearTimeout(timer);
        settle(value);
      };
      this.#waiting.set(requestId, { resolve: settled(resolve), reject: settled(reject) });
      this.#running().postMessage({ ...ask, requestId } satisfies PromptDecoderRequest, transfer);
    });
  }

  #running(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(new URL('../workers/promptDecoder.ts', import.meta.url), { type: 'module', name: 'prompt decoder' });
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<PromptDecoderAnswer>) => this.#receive(data));
    worker.addEventListener('error', (event) => {
      if (worker !== this.#worker) return;
      // A worker that could not be loaded, or whose memory is full, answers nobody any more: the next ask starts another.
      worker.terminate();
      this.#worker = null;
      this.#failAll(new ExpectedError('inference_failed', `The decoder in the window stopped: ${event.message || 'its program could not be loaded'}`));
    });
    return worker;
  }

  #receive(answer: PromptDecoderAnswer): void {
    const waiting = this.#waiting.get(answer.requestId);
    this.#waiting.delete(answer.requestId);
    if (waiting === undefined) return;
    if (answer.kind === 'failed') waiting.reject(new ExpectedError(answer.reason === 'not_found' ? 'not_found' : 'inference_failed', answer.message));
    else waiting.resolve(answer);
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
