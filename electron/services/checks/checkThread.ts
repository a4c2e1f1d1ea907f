import { Worker } from 'node:worker_threads';
import type { CheckResult } from '../../../shared/domain/check.ts';
import type { Photo } from '../../../shared/checks/photo.ts';
import { BugError } from '../../../shared/errors/errors.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { CheckAnswer, CheckQuestion } from './thread/messages.ts';

/** The thread's program as source; a bundled host passes its own. */
export const checkThreadSource = new URL('./thread/main.ts', import.meta.url);

/** After this long without work the thread and its memory are given back. */
const restMs = 30_000;

/** One worker thread, started when it is needed, and again after it has ended. */
export class CheckThread {
  readonly #program: URL;
  #worker: Worker | null = null;
  #rest: NodeJS.Timeout | null = null;

  constructor(program: URL = checkThreadSource) {
    this.#program = program;
  }

  /**
   * One at a time: the next call waits for this one's end. The mask's bytes move to the thread and are gone here.
   * @throws BugError when the checks fail or the thread dies; the next call has a fresh one
   */
  async check(mask: Bitmap, photo: Photo): Promise<readonly CheckResult[]> {
    if (this.#rest !== null) clearTimeout(this.#rest);
    const worker = (this.#worker ??= new Worker(this.#program, { execArgv: [] }));
    worker.ref();
    try {
      const answer = await ask(worker, { mask, photo });
      if (answer.kind === 'failed') throw new BugError(`The checks failed: ${answer.message}`, { cause: answer.stack });
      return answer.results;
    } catch (error) {
      await this.end();
      throw error;
    } finally {
      worker.unref();
      this.#rest = setTimeout(() => void this.end(), restMs).unref();
    }
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    if (this.#rest !== null) clearTimeout(this.#rest);
    await worker?.terminate();
  }
}

const ask = (worker: Worker, question: CheckQuestion): Promise<CheckAnswer> =>
  new Promise((resolve, reject) => {
    const onMessage = (answer: CheckAnswer): void => settle(() => resolve(answer));
    const onError = (error: unknown): void => settle(() => reject(new BugError('The checks’ thread failed', { cause: error })));
    const onExit = (code: number): void => settle(() => reject(new BugError(`The checks’ thread ended with ${code}`)));
    const settle = (then: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      then();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    const { buffer, byteOffset, byteLength } = question.mask.data;
    const isWhole = byteOffset === 0 && byteLength === buffer.byteLength;
    worker.postMessage(question, isWhole ? [buffer as ArrayBuffer] : []);
  });
