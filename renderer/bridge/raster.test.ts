import { describe, expect, it } from 'vitest';
import { blankTileState } from '../../shared/edits/tileState.ts';
import { tilesOfBitmap } from '../../shared/edits/tilesOfBitmap.ts';
import { encodeError } from '../../shared/errors/codec.ts';
import { CancelledError, ExpectedError } from '../../shared/errors/errors.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';
import { rasterJobs } from '../../shared/raster/index.ts';
import type { RasterAnswer, RasterRequest } from '../workers/rasterProtocol.ts';
import { RasterWorker, type RasterWorkerProgram } from './raster.ts';

/** Runs real jobs one message later, as a worker does; dies at the file that it is told to. */
class Program extends EventTarget {
  static started = 0;
  static readonly asked: number[] = [];
  isEnded = false;

  constructor() {
    super();
    Program.started++;
  }

  postMessage(request: RasterRequest): void {
    Program.asked.push(request.requestId);
    setTimeout(() => {
      if (this.isEnded) return;
      if (request.assetKey === 'product_image:crash') return void this.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
      const job = rasterJobs[request.name] as { run(input: unknown, context: unknown): unknown };
      Promise.resolve()
        .then(() => job.run(structuredClone(request.input), { photo: () => Promise.reject(new ExpectedError('image_unreadable', 'No photo here.')) }))
        .then(
          (output) => this.#answer({ kind: 'done', requestId: request.requestId, output } as RasterAnswer),
          (error: unknown) => this.#answer({ kind: 'failed', requestId: request.requestId, error: encodeError(error) }),
        );
    }, 1);
  }

  terminate(): void {
    this.isEnded = true;
  }

  #answer(data: RasterAnswer): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const start = (): RasterWorkerProgram => new Program() as unknown as RasterWorkerProgram;
const maskRle = encodeRle({ widthPx: 2, heightPx: 1, data: Uint8Array.of(255, 0) });
const inverted = tilesOfBitmap({ widthPx: 2, heightPx: 1, data: Uint8Array.of(0, 255) });
const here = { assetKey: 'product_image:a' };

describe('the raster worker', () => {
  it('does jobs in order and gives back what they give', async () => {
    const worker = new RasterWorker(start);
    const ended: number[] = [];
    const jobs = [1, 2, 3].map((number) => worker.run('invert', { maskRle }, here).finally(() => ended.push(number)));
    for (const output of await Promise.all(jobs)) expect(output).toEqual(inverted);
    expect(ended).toEqual([1, 2, 3]);
  });

  it('replaces a waiting job by a newer one of its lane and picture, never one that runs', async () => {
    const worker = new RasterWorker(start);
    const lane = { ...here, lane: 'hover' };
    const [running, replaced, newest, other] = [lane, lane, lane, { ...lane, assetKey: 'product_image:b' }].map((options) => worker.run('invert', { maskRle }, options));
    await expect(replaced).rejects.toBeInstanceOf(CancelledError);
    for (const job of [running, newest, other]) await expect(job).resolves.toEqual(inverted);
  });

  it('never sends what was cancelled before its turn, and lets nobody wait for what runs', async () => {
    const worker = new RasterWorker(start);
    const [first, second] = [new AbortController(), new AbortController()];
    const before = Program.asked.length;
    const running = worker.run('invert', { maskRle }, { ...here, signal: first.signal });
    const waiting = worker.run('invert', { maskRle }, { ...here, signal: second.signal });
    second.abort();
    first.abort();
    await expect(running).rejects.toBeInstanceOf(CancelledError);
    await expect(waiting).rejects.toBeInstanceOf(CancelledError);
    await expect(worker.run('invert', { maskRle }, { ...here, signal: first.signal })).rejects.toBeInstanceOf(CancelledError);
    await expect(worker.run('invert', { maskRle }, here)).resolves.toEqual(inverted);
    expect(Program.asked.length - before).toBe(2);
  });

  it("keeps a failure's class, code and sentence", async () => {
    const worker = new RasterWorker(start);
    const seed = { xPx: 0, yPx: 0, sampleSidePx: 1, isContiguous: true } as const;
    const failing = worker.run('wand', { mask: blankTileState(2, 1), seed, level: 1, join: 'add', isSmooth: false }, here);
    await expect(failing).rejects.toMatchObject({ kind: 'expected', code: 'image_unreadable', message: 'No photo here.' });
  });

  it('says what happened when the worker dies, and starts another for what waits', async () => {
    const worker = new RasterWorker(start);
    const before = Program.started;
    const dying = worker.run('invert', { maskRle }, { assetKey: 'product_image:crash' });
    const after = worker.run('invert', { maskRle }, here);
    await expect(dying).rejects.toMatchObject({ kind: 'expected', code: 'out_of_memory' });
    await expect(after).resolves.toEqual(inverted);
    expect(Program.started - before).toBe(2);
  });
});
