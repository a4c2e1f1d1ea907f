import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId, type AssetId, type JobId, type ModelId, type ProductId } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';
import { sha256Hex } from '../base/hash.ts';
import { encodePng } from '../imaging/index.ts';
import { redChannelModel } from '../inference/testing/onnxWriter.ts';
import { loadConfig } from './config.ts';
import { createApp, type App } from './createApp.ts';
import { createModels, describeUserModel } from './createModels.ts';

/** `maskdesk segment` as a program of its own, on a store with small photos and a model that knows what is red. */
const entry = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const productId = asId<ProductId>('product');
const jobId = asId<JobId>('job');
let folder: string;
let env: NodeJS.ProcessEnv;

interface Run {
  readonly exitCode: number | null;
  /** What it printed, without the summary. */
  readonly records: readonly Record<string, unknown>[];
  readonly summary: Record<string, unknown> | undefined;
  readonly said: string;
}

/** After so long the program counts as hanging: it is killed and its exit code is null. */
const longestMs = 20_000;

/** @param onSaid sees each thing that it says on stderr */
const runSegment = async (args: readonly string[], onSaid: (text: string, child: ChildProcess) => void = () => undefined): Promise<Run> => {
  const child = spawn(process.execPath, [entry, 'segment', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: string[] = [];
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => void chunks.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said.push(chunk);
    onSaid(chunk, child);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  const lines = chunks
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { exitCode, records: lines.filter((line) => !('left' in line)), summary: lines.find((line) => 'left' in line), said: said.join('') };
};
const segment = (args: readonly string[]): Promise<Run> => runSegment([...args, '--json']);

const withApp = async <T>(work: (app: App) => Promise<T>): Promise<T> => {
  const app = await createApp(await loadConfig({ create: true, background: false }, env));
  try {
    return await work(app);
  } finally {
    await app.close();
  }
};

const photo = (): Promise<Uint8Array> => {
  const [widthPx, heightPx] = [60, 40];
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < widthPx * heightPx; index++) data.set(index % widthPx < 30 ? [250, 10, 10] : [10, 60, 200], 3 * index);
  return encodePng({ widthPx, heightPx, data });
};

const photoFile = (id: string): string => join(folder, 'store', 'data', 'images', 'products', `${id}.png`);
const addPhotos = (...ids: readonly string[]): Promise<void> =>
  withApp(async ({ services: { store }, blobs }) => {
    await store.catalog.ensureJob({ jobId, industry: 'test' });
    await store.catalog.ensureProduct({ productId, jobId, src: 'test', asinOrItemId: 'x', title: null, marketplace: 'us' });
    for (const id of ids) {
      const key = `data/images/products/${id}.png`;
      await blobs.put(key, await photo());
      await store.catalog.addAsset({ kind: 'product_image', id: asId<AssetId>(id), productId, localPath: blobs.pathOfKey(key), sourceSha256: sha256Hex(id), widthPx: 60, heightPx: 40 });
    }
  });
const ref = (id: string): AssetRef => ({ kind: 'product_image', id: asId<AssetId>(id) });
const parametersOf = (id: string) => ({ modelId: asId<ModelId>(id), threshold: 0.5, wantMatte: false });
const addModel = async (id: string, weights: Uint8Array): Promise<void> => {
  const file = join(folder, `${id}.onnx`);
  await writeFile(file, weights);
  const config = await loadConfig({}, env);
  await describeUserModel(config.dataDir, { file, family: 'u2net', id });
  await createModels(config).pull(asId<ModelId>(id));
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-segment-'));
  env = {
    ...process.env,
    MASKDESK_STORE: join(folder, 'store'),
    MASKDESK_CACHE: join(folder, 'cache'),
    MASKDESK_DATA: join(folder, 'data'),
    MASKDESK_THREADS: '1',
    MASKDESK_EXECUTION_PROVIDERS: 'cpu',
  };
  await addModel('red', redChannelModel(320));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('maskdesk segment', { timeout: 60_000 }, () => {
  it('prints each asset as it comes and says how it went', async () => {
    await addPhotos('p1', 'p2');
    const { exitCode, records, summary } = await segment(['--model', 'red']);
    expect(exitCode).toBe(0);
    expect(records.map(({ asset_id, state, model }) => [asset_id, state, model]).sort()).toEqual([['p1', 'to_review', 'red'], ['p2', 'to_review', 'red']]);
    expect(summary).toMatchObject({ segmented: 2, failed: 0, left: 0 });
    // Nothing is asked for any more: nothing is wrong either.
    expect(await segment(['--model', 'red'])).toMatchObject({ exitCode: 0, records: [], summary: { segmented: 0, failed: 0, left: 0 } });
  });

  it('leaves the other kind alone when one is asked for', async () => {
    await addPhotos('p1');
    expect(await segment(['--kind', 'keyframes', '--model', 'red'])).toMatchObject({ exitCode: 0, records: [], summary: { segmented: 0 } });
    expect(await segment(['--kind', 'products', '--model', 'red'])).toMatchObject({ exitCode: 0, summary: { segmented: 1 } });
  });

  it('counts a failure of an asset that has a mask already as a failure', async () => {
    await addPhotos('p1');
    await segment(['p1', '--model', 'red']);
    await writeFile(photoFile('p1'), 'no picture at all');
    const { exitCode, records, summary } = await segment(['p1', '--model', 'red', '--threshold', '0.4']);
    expect([exitCode, records.length]).toEqual([1, 1]);
    expect(records[0]).toMatchObject({ asset_id: 'p1', state: 'to_review', error: { code: 'image_unsupported', message: expect.stringMatching(/\w+ \w+.*\./) as string } });
    expect(summary).toMatchObject({ segmented: 0, failed: 1, left: 0 });
  });

  it('fails where the weights are as published and still can not be loaded, and other models work on', async () => {
    await addModel('garbage', Buffer.from('no graph at all'));
    await addPhotos('p1', 'p2');
    const { exitCode, records, summary } = await segment(['p1', '--model', 'garbage']);
    expect([exitCode, summary]).toMatchObject([1, { segmented: 0, failed: 1, left: 0 }]);
    expect(records[0]).toMatchObject({ asset_id: 'p1', error: { code: 'model_corrupt' } });
    expect(await segment(['p2', '--model', 'red'])).toMatchObject({ exitCode: 0, summary: { segmented: 1, failed: 0, left: 0 } });
  });

  it('works for what was named alone, whatever else waits, for other models too', async () => {
    await addPhotos('p1', 'p2', 'p3');
    await withApp(async ({ services: { store } }) => {
      await store.tasks.enqueue([ref('p2')], parametersOf('u2netp'), { priority: 20 });
      await store.tasks.enqueue([ref('p3')], parametersOf('red'), { priority: 20 });
    });
    const { exitCode, records, summary } = await segment(['p1', '--model', 'red']);
    expect([exitCode, records.map(({ asset_id }) => asset_id)]).toEqual([0, ['p1']]);
    expect(summary).toMatchObject({ segmented: 1, failed: 0, left: 0 });
    expect(await withApp(({ services }) => services.store.tasks.counts())).toMatchObject({ queued: 2, running: 0, done: 1 });
  });

  it('says what could not be done for want of weights, does the rest, and fails', async () => {
    await addPhotos('p1', 'p2');
    await withApp(({ services: { store } }) => store.tasks.enqueue([ref('p1')], parametersOf('u2netp'), { priority: 20 }));
    const { exitCode, summary, said } = await segment(['--model', 'red']);
    expect(summary).toMatchObject({ segmented: 1, failed: 0, left: 1 });
    expect([exitCode, said]).toEqual([1, expect.stringContaining('maskdesk models pull u2netp')]);
  });

  it('passes over what the pipeline has deleted', async () => {
    await addPhotos('p1', 'p2', 'p3');
    await withApp(({ services: { store } }) => store.tasks.enqueue([ref('p3')], parametersOf('red')));
    const database = new DatabaseSync(join(folder, 'store', 'maskdesk.db'), { timeout: 5_000 });
    database.exec(`delete from product_images where img_id in ('p1', 'p3')`);
    database.close();
    const { exitCode, records, summary } = await segment(['--model', 'red']);
    expect(exitCode).toBe(0);
    expect(summary).toMatchObject({ segmented: 1, failed: 0, left: 0 });
    expect(records).toEqual([expect.objectContaining({ asset_id: 'p2', state: 'to_review' })]);
  });

  it('does not wait for what another machine has in hand, and takes it over when its claim has run out', async () => {
    await addPhotos('p1', 'p2');
    await withApp(async ({ services: { store } }) => {
      await store.tasks.enqueue([ref('p1')], parametersOf('red'));
      present(await store.tasks.claimNext('elsewhere/boot:1:u', { leaseMs: 3_600_000 }), 'a task');
    });
    const { exitCode, summary } = await segment(['p2', '--model', 'red']);
    expect([exitCode, summary]).toMatchObject([0, { segmented: 1, failed: 0, left: 0 }]);
    // As a store of an earlier version has it, or once the claim has run out.
    const database = new DatabaseSync(join(folder, 'store', 'maskdesk.db'), { timeout: 5_000 });
    database.exec(`update maskdesk_jobs set claim_expires_at_ms = null where state = 'running'`);
    database.close();
    expect(await segment(['p1', '--model', 'red'])).toMatchObject({ exitCode: 0, summary: { segmented: 1, failed: 0, left: 0 } });
  });

  it('ends at once when it is told to, also while it waits for another machine', async () => {
    await addPhotos('p1');
    await withApp(async ({ services: { store } }) => {
      await store.tasks.enqueue([ref('p1')], parametersOf('red'));
      present(await store.tasks.claimNext('elsewhere/boot:1:u', { leaseMs: 3_600_000 }), 'a task');
    });
    const { exitCode } = await runSegment(['p1', '--model', 'red'], (text, child) => {
      if (text.includes('1 of 1 left')) child.kill('SIGTERM');
    });
    expect(exitCode).toBe(130);
    expect(await withApp(({ services }) => services.store.tasks.counts())).toMatchObject({ running: 1, cancelled: 0 });
  });
});
