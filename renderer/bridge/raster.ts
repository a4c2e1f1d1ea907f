import { imageUrl } from '../../shared/contracts/http/routes.ts';
import { refOfKey } from '../../shared/domain/asset.ts';
import { decodeError } from '../../shared/errors/codec.ts';
import { BugError, CancelledError, ExpectedError } from '../../shared/errors/errors.ts';
import type { RasterInput, RasterJobName, RasterOutput } from '../../shared/raster/index.ts';
import type { RasterAnswer, RasterRequest } from '../workers/rasterProtocol.ts';

/** As renderer/editor/raster/rasterPort.ts asks for it. */
export interface RasterRunOptions {
  readonly assetKey: string;
  readonly signal?: AbortSignal | undefined;
  readonly lane?: string | undefined;
}

/** What is used of a worker. */
export interface RasterWorkerProgram {
  postMessage(request: RasterRequest): void;
  addEventListener(kind: 'message', listener: (event: MessageEvent<RasterAnswer>) => void): void;
  addEventListener(kind: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate(): void;
}

const startProgram = (): RasterWorkerProgram => new Worker(new URL('../workers/raster.ts', import.meta.url), { type: 'module', name: 'raster' });

interface Job {
  readonly request: RasterRequest;
  readonly lane: string | undefined;
  readonly resolve: (output: RasterOutput<RasterJobName>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One worker and the jobs that wait for it. They wait here, not there: what nobody wants any more is never sent, and a newer job of a lane takes the
 * place of the one that waits. A worker that has died is replaced by the next job; the job that it held fails.
 */
export class RasterWorker {
  readonly #startProgram: () => RasterWorkerProgram;
  #worker: RasterWorkerProgram | null = null;
  #running: Job | null = null;
  #waiting: Job[] = [];
  #lastRequestId = 0;

  constructor(start: () => RasterWorkerProgram = startProgram) {
    this.#startProgram = start;
  }

  run<Name extends RasterJobName>(name: Name, input: RasterInput<Name>, { assetKey, signal, lane }: RasterRunOptions): Promise<RasterOutput<Name>> {
    return new Promise<RasterOutput<Name>>((resolve, reject) => {
      if (signal?.aborted === true) return reject(new CancelledError('Cancelled', { cause: signal.reason }));
      const request: RasterRequest<Name> = { requestId: ++this.#lastRequestId, name, input, assetKey, photoUrl: imageUrl(refOfKey(assetKey)) };
      const job: Job = { request, lane, resolve: resolve as Job['resolve'], reject };
      const older = lane === undefined ? undefined : this.#waiting.find((waiting) => waiting.lane === lane && waiting.request.assetKey === assetKey);
      if (older === undefined) this.#waiting.push(job);
      else {
        // In its place in the queue: a lane that is asked often must not wait for ever behind the others.
        this.#waiting[this.#waiting.indexOf(older)] = job;
        older.reject(new CancelledError('Another one was asked for'));
      }
      signal?.addEventListener('abort', () => {
        this.#waiting = this.#waiting.filter((waiting) => waiting !== job);
        // One that runs goes on to its end, and nobody hears of it.
        reject(new CancelledError('Cancelled', { cause: signal.reason }));
      }, { once: true });
      this.#next();
    });
  }

  #next(): void {
    if (this.#running !== null) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#running = job;
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage(job.request);
    } catch (cause) {
      this.#end((ended) => ended.reject(new BugError(`The raster job ${job.request.name} could not be sent`, { cause })));
    }
  }

  #start(): RasterWorkerProgram {
    const worker = this.#startProgram();
    worker.addEventListener('message', ({ data }: MessageEvent<RasterAnswer>) => {
      if (worker !== this.#worker || data.requestId !== this.#running?.request.requestId) return;
      this.#end((job) => (data.kind === 'done' ? job.resolve(data.output) : job.reject(decodeError(data.error))));
    });
    const lost = (event: Event): void => {
      if (worker !== this.#worker) return;
      worker.terminate();
      this.#worker = null;
      const cause = new BugError('message' in event && typeof event.message === 'string' && event.message !== '' ? event.message : 'The raster worker ended');
      this.#end((job) => job.reject(new ExpectedError('out_of_memory', 'The tool ran out of memory or failed on this picture. Nothing was changed; try again, or with a smaller area.', { cause })));
    };
    worker.addEventListener('error', lost);
    worker.addEventListener('messageerror', lost);
    return worker;
  }

  #end(tell: (job: Job) => void): void {
    const job = this.#running;
    this.#running = null;
    if (job !== null) tell(job);
    this.#next();
  }
}
