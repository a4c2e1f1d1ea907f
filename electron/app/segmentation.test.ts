import { createHash } from 'node:crypto';
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppEvent } from '../../shared/contracts/rpc/app.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { maskBlobKey, matteBlobKey } from '../../shared/domain/blobKeys.ts';
import { asId, type AssetId, type JobId, type ModelId, type ProductId } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { Disposable } from '../base/disposables.ts';
import { sha256Hex } from '../base/hash.ts';
import { createLogger } from '../base/logger.ts';
import { systemClock } from '../base/systemClock.ts';
import { openBlobs } from '../blobs/index.ts';
import { createImageCodec, encodePng } from '../imaging/index.ts';
import { marked, uprightPlace } from '../imaging/testing/pictures.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import type { InferenceLauncher } from '../inference/launcher.ts';
import { childProcessLauncher } from '../inference/launchers/childProcess.ts';
import { createModelStore, type LocalModelStore } from '../inference/modelStore.ts';
import { createSessionHost } from '../inference/sessionHost.ts';
import { redChannelModel } from '../inference/testing/onnxWriter.ts';
import { createSegmenter } from '../segmenters/index.ts';
import { AppEvents } from '../services/appEvents.ts';
import { createSegmentationService, type SegmentationServiceOptions } from '../services/segmentationService.ts';
import type { SegmentationService } from '../services/services.ts';
import { openStore } from '../store/index.ts';

/**
 * Background work over the real store, disk, codec and inference process. The model is a real ONNX graph that gives a picture's red
 * channel, so that every mask is known: the red part.
 */
const modelId = asId<ModelId>('red');
const sidePx = 64;
const productId = asId<ProductId>('product');
const jobId = asId<JobId>('job');

let folder: string;
let store: Store;
let blobs: BlobStore;
let models: LocalModelStore;
let host: InferenceHost;
let service: SegmentationService & Disposable;
let events: AppEvents;
let seen: AppEvent[];
const codec = createImageCodec();

const makeService = (change: Partial<SegmentationServiceOptions> = {}): SegmentationService & Disposable =>
  createSegmentationService({
    store,
    blobs,
    codec,
    models,
    segmenterOf: async (id) => createSegmenter(await models.descriptor(id), { host, modelStore: models, codec }),
    clock: systemClock,
    events,
    defaults: { modelId, threshold: 0.5, wantMatte: false },
    logger: createLogger('test', 'silent'),
    ...change,
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-segmentation-'));
  const weights = redChannelModel(sidePx);
  await mkdir(join(folder, 'app', 'models'), { recursive: true });
  await writeFile(join(folder, 'red.onnx'), weights);
  const descriptor = {
    id: modelId,
    label: 'Red',
    task: 'foreground',
    source: pathToFileURL(join(folder, 'red.onnx')).href,
    sha256: createHash('sha256').update(weights).digest('hex'),
    sizeBytes: weights.length,
    licence: { package: null, weights: 'none', note: null },
    adapter: {
      family: 'isnet',
      input: { name: null, widthPx: sidePx, heightPx: sidePx, divisor: 255, mean: [0, 0, 0], std: [1, 1, 1] },
      output: { name: 'red', activation: 'none' },
    },
  };
  await writeFile(join(folder, 'app', 'models', 'red.json'), JSON.stringify(descriptor));
  store = await openStore({ storeDir: join(folder, 'store'), create: true, clock: systemClock });
  blobs = await openBlobs({ root: join(folder, 'store') });
  models = createModelStore({ appFolder: join(folder, 'app'), cacheFolder: join(folder, 'cache'), dataFolder: join(folder, 'data'), defaultModelId: modelId });
  host = createSessionHost({ launcher: childProcessLauncher(), threads: 1, executionProviders: [], restartDelayMs: 10 });
  events = new AppEvents();
  seen = [];
  events.listen((event) => seen.push(event));
  service = makeService();
  await store.catalog.ensureJob({ jobId, industry: 'test' });
  await store.catalog.ensureProduct({ productId, jobId, src: 'test', asinOrItemId: 'x', title: null, marketplace: 'us' });
});
afterEach(async () => {
  await service.dispose();
  await host.dispose();
  await store.close();
  await rm(folder, { recursive: true });
});

const red = (x: number, y: number): boolean => x >= 20 && x < 60 && y >= 40 && y < 100;
const photo = (widthPx = 120, heightPx = 160): Promise<Uint8Array> => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < widthPx * heightPx; index++) data.set(red(index % widthPx, Math.floor(index / widthPx)) ? [255, 20, 20] : [0, 90, 200], 3 * index);
  return encodePng({ widthPx, heightPx, data });
};
const addAsset = async (name: string, bytes: Uint8Array, size: { widthPx: number; heightPx: number } = { widthPx: 120, heightPx: 160 }): Promise<AssetRef> => {
  const key = `data/images/products/${name}.png`;
  await blobs.put(key, bytes);
  const id = asId<AssetId>(name);
  await store.catalog.addAsset({ kind: 'product_image', id, productId, localPath: blobs.pathOfKey(key), sourceSha256: sha256Hex(`${name}`), ...size });
  return { kind: 'product_image', id };
};
const addMany = async (count: number): Promise<readonly AssetRef[]> => {
  const bytes = await photo();
  return Promise.all(Array.from({ length: count }, (_, index) => addAsset(`p${index}`, bytes)));
};
const asset = async (ref: AssetRef) => present(await store.assets.get(ref), ref.id);

describe('background segmentation', () => {
  it('does nothing by itself, then masks everything, each mask as large and as right as its photo', async () => {
    await models.pull(modelId);
    const refs = await addMany(5);
    expect((await service.status()).counts.queued).toBe(0);
    expect(await service.start({ wantMatte: true })).toEqual({ added: 5 });
    await service.idle();
    for (const ref of refs) {
      const { state, headRevisionId, headModelId } = await asset(ref);
      expect([state, headModelId]).toEqual(['to_review', modelId]);
      const revision = present(await store.revisions.get(present(headRevisionId, 'head')), 'revision');
      const mask = await codec.decodeMask(await blobs.get(maskBlobKey(revision.maskSha256)));
      expect([mask.widthPx, mask.heightPx]).toEqual([120, 160]);
      let wrong = 0;
      mask.data.forEach((byte, index) => (wrong += (byte === 255) === red(index % 120, Math.floor(index / 120)) ? 0 : 1));
      // The model sees 64 x 64: its edge may lie one of its pixels off, along 200 pixels of outline.
      expect(wrong).toBeLessThan(400);
      expect(revision).toMatchObject({ origin: 'model', author: modelId, parentId: null, areaPx: mask.data.filter((byte) => byte === 255).length });
      expect(revision.model).toMatchObject({ threshold: 0.5, executionProvider: 'cpu' });
      expect(await blobs.has(matteBlobKey(present(revision.matteSha256, 'matte')))).toBe(true);
    }
    const status = await service.status();
    expect(status).toMatchObject({ counts: { queued: 0, running: 0, done: 5 }, provider: 'red · cpu', notice: null, secondsLeft: 0 });
    expect(status.perMinute).toBeGreaterThan(0);
    expect(seen.filter(({ kind }) => kind === 'assetsChanged')).toHaveLength(5);
    expect(await service.start()).toEqual({ added: 0 });
  });

  it('records what is wrong with a photo and goes on', async () => {
    await models.pull(modelId);
    const bad = await addAsset('bad', Buffer.from('no picture at all'));
    const lost = await addAsset('lost', await photo());
    await blobs.remove('data/images/products/lost.png');
    const [good] = await addMany(1);
    await service.start();
    await service.idle();
    expect((await asset(present(good, 'good'))).state).toBe('to_review');
    for (const ref of [bad, lost]) {
      const { state, reason } = await asset(ref);
      expect(state).toBe('failed');
      expect(reason).toMatch(/\w+ \w+.*\./);
    }
    expect((await service.failures()).map(({ asset: { id } }) => id).sort()).toEqual(['bad', 'lost']);
    expect((await service.status()).counts).toMatchObject({ failed: 2, done: 1 });
  });

  it('lays the mask on the photo as it is turned, or as it is stored when the setting says so', async () => {
    await models.pull(modelId);
    const mark = { left: 10, top: 20, widthPx: 40, heightPx: 30 };
    // Orientation 6: shown with a quarter turn to the right.
    const turned = new Uint8Array(await marked(160, 120, mark, [255, 0, 0], [0, 0, 200]).jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer());
    const centreOf = (orientation: number) => uprightPlace(orientation, 30, 35, 160, 120);
    for (const [orientation, size, centre] of [['exif', [120, 160], centreOf(6)], ['stored', [160, 120], centreOf(1)]] as const) {
      await service.dispose();
      service = makeService({ orientation });
      const ref = await addAsset(`turned-${orientation}`, turned);
      await service.start();
      await service.idle();
      const revision = present((await store.revisions.ofAsset(ref))[0], 'revision');
      const mask = await codec.decodeMask(await blobs.get(maskBlobKey(revision.maskSha256)));
      expect([mask.widthPx, mask.heightPx]).toEqual(size);
      expect(mask.data[centre[1] * mask.widthPx + centre[0]]).toBe(255);
      expect(Math.abs(revision.areaPx - mark.widthPx * mark.heightPx)).toBeLessThan(200);
    }
  });

  it('corrects a size that the database has wrong', async () => {
    await models.pull(modelId);
    const ref = await addAsset('odd', await photo(), { widthPx: 999, heightPx: 1 });
    await service.start();
    await service.idle();
    expect(await asset(ref)).toMatchObject({ widthPx: 120, heightPx: 160, state: 'to_review' });
  });

  it('waits for weights instead of failing, says what to do, and goes on when they are there', async () => {
    const [ref] = await addMany(2);
    await service.start();
    await service.idle();
    const waiting = await service.status();
    expect(waiting.notice).toContain('maskdesk models pull red');
    expect(waiting.counts).toMatchObject({ queued: 2, running: 0, failed: 0 });
    expect(seen.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
    await expect(service.rerun([present(ref, 'asset')])).rejects.toMatchObject({ code: 'model_missing', message: expect.stringContaining('maskdesk models pull red') as string });
    await models.pull(modelId);
    while ((await service.status()).counts.done < 2) await sleep(50);
    expect((await service.status()).notice).toBeNull();
  });

  it('pauses, goes on, and cancels what is left', async () => {
    await models.pull(modelId);
    await addMany(4);
    await service.setPaused(true);
    await service.start();
    await service.idle();
    expect(await service.status()).toMatchObject({ paused: true, counts: { queued: 4, running: 0, done: 0 } });
    await service.setPaused(false);
    await service.idle();
    expect((await service.status()).counts).toMatchObject({ queued: 0, done: 4 });
    await addAsset('late', await photo());
    await service.setPaused(true);
    await service.start();
    expect(await service.cancel()).toEqual({ cancelled: 1 });
    expect((await service.status()).counts).toMatchObject({ queued: 0, running: 0, cancelled: 1 });
  });

  it('cancels also what is in hand', async () => {
    await models.pull(modelId);
    await addMany(12);
    await service.start();
    while ((await service.status()).counts.running === 0) await sleep(1);
    await service.cancel();
    await service.idle();
    const { counts } = await service.status();
    expect(counts).toMatchObject({ queued: 0, running: 0, failed: 0 });
    expect(counts.cancelled).toBeGreaterThan(0);
    expect(counts.cancelled + counts.done).toBe(12);
  });

  it('takes what a person asks for first, then what is on screen', async () => {
    await models.pull(modelId);
    const refs = await addMany(6);
    await service.dispose();
    service = makeService({ concurrency: 1 });
    await service.setPaused(true);
    await service.start();
    await service.prioritise([present(refs[4], 'shown')]);
    await service.rerun([present(refs[5], 'asked')]);
    await service.setPaused(false);
    await service.idle();
    const order = seen.flatMap((event) => (event.kind === 'assetsChanged' ? event.assets.map(({ id }) => id) : []));
    expect(order.slice(0, 2)).toEqual(['p5', 'p4']);
  });

  it('finishes the batch when the inference process is killed in the middle of it', async () => {
    await models.pull(modelId);
    await addMany(15);
    await service.start();
    while ((await service.status()).counts.done < 3) await sleep(1);
    process.kill(present(host.status().pid, 'inference process'), 'SIGKILL');
    await service.idle();
    expect((await service.status()).counts).toMatchObject({ done: 15, failed: 0 });
    expect(host.status().restarts).toBe(1);
  });

  it('stops with a sentence when the process dies on every picture, instead of failing them all', async () => {
    await models.pull(modelId);
    await host.dispose();
    const real = childProcessLauncher();
    let deadly = true;
    const launcher: InferenceLauncher = {
      start: async () => {
        const channel = await real.start();
        return deadly ? { ...channel, post: () => void channel.kill() } : channel;
      },
    };
    host = createSessionHost({ launcher, threads: 1, executionProviders: [], restartDelayMs: 0 });
    await addMany(8);
    await service.start();
    await service.idle();
    const { counts, notice } = await service.status();
    expect(notice).toContain('maskdesk doctor');
    expect(counts).toMatchObject({ failed: 2, queued: 6, running: 0, done: 0 });
    deadly = false;
    await service.start();
    await service.idle();
    expect((await service.status()).counts).toMatchObject({ queued: 0, done: 8 });
    expect((await service.status()).notice).toBeNull();
  });

  it('gives its tasks back when it closes, and takes those of a process that died', async () => {
    await models.pull(modelId);
    await addMany(8);
    await service.start();
    while ((await service.status()).counts.running === 0) await sleep(1);
    await service.dispose();
    expect((await store.tasks.counts()).running).toBe(0);

    const script = join(folder, 'dies.ts');
    const url = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
    await writeFile(
      script,
      `import { openStore } from ${url('../store/index.ts')};
       import { systemClock } from ${url('../base/systemClock.ts')};
       import { claimOwner } from ${url('../services/segmentation/owner.ts')};
       const store = await openStore({ storeDir: ${JSON.stringify(join(folder, 'store'))}, create: false, clock: systemClock });
       await store.tasks.claimNext(claimOwner('a').owner, { leaseMs: 3_600_000 });
       await store.tasks.claimNext(claimOwner('a').owner, { leaseMs: 3_600_000 });
       process.kill(process.pid, 'SIGKILL');`,
    );
    await store.tasks.enqueue(await addMany(8), { modelId, threshold: 0.5, wantMatte: false });
    const queuedBefore = (await store.tasks.counts()).queued;
    await new Promise((resolve) => fork(script, { execArgv: [] }).once('exit', resolve));
    expect(await store.tasks.counts()).toMatchObject({ running: 2, queued: queuedBefore - 2 });
    service = makeService();
    await service.idle();
    expect(await store.tasks.counts()).toMatchObject({ queued: 0, running: 0, failed: 0 });
  });

  it('leaves the head of a mask that a person made', async () => {
    await models.pull(modelId);
    const [ref] = await addMany(1);
    const mine = present(ref, 'asset');
    await service.start();
    await service.idle();
    const head = (await asset(mine)).headRevisionId;
    await store.drafts.put({ asset: mine, baseRevisionId: head, widthPx: 120, heightPx: 160, maskRle: new Uint8Array(4) });
    await service.rerun([mine], { threshold: 0.2 });
    await service.idle();
    expect((await asset(mine)).headRevisionId).toBe(head);
    const [newest, oldest] = await store.revisions.ofAsset(mine);
    expect(newest?.model?.threshold).toBe(0.2);
    expect(newest?.parentId).toBe(head);
    expect(oldest?.revisionId).toBe(head);
  });
});
