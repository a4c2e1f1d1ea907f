import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AppEvent } from '../../../shared/contracts/rpc/app.ts';
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type AssetId, type JobId, type ModelId, type ProductId } from '../../../shared/domain/ids.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { Disposable } from '../../base/disposables.ts';
import { sha256Hex } from '../../base/hash.ts';
import { createLogger } from '../../base/logger.ts';
import { systemClock } from '../../base/systemClock.ts';
import { openBlobs } from '../../blobs/index.ts';
import { createImageCodec, encodePng } from '../../imaging/index.ts';
import type { InferenceHost } from '../../inference/inferenceHost.ts';
import { childProcessLauncher } from '../../inference/launchers/childProcess.ts';
import { createModelStore, type LocalModelStore } from '../../inference/modelStore.ts';
import { createSessionHost } from '../../inference/sessionHost.ts';
import { redChannelModel } from '../../inference/testing/onnxWriter.ts';
import { createSegmenter } from '../../segmenters/index.ts';
import { AppEvents } from '../../services/appEvents.ts';
import { createSegmentationService, type SegmentationServiceOptions } from '../../services/segmentationService.ts';
import type { SegmentationProgress, SegmentationRequest, SegmentationService } from '../../services/services.ts';
import { openStore } from '../../store/index.ts';

/** The model of the rig: a real ONNX graph that gives a picture's red channel, so that every mask is known: the red part. */
export const modelId = asId<ModelId>('red');
/** Of the model's input. */
export const sidePx = 64;
export const codec = createImageCodec();
export const parameters = { modelId, threshold: 0.5, wantMatte: false };
const productId = asId<ProductId>('product');
const jobId = asId<JobId>('job');

/** Whether a pixel of the rig's photos is red. */
export const red = (x: number, y: number): boolean => x >= 20 && x < 60 && y >= 40 && y < 100;

export const photo = (widthPx = 120, heightPx = 160): Promise<Uint8Array> => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < widthPx * heightPx; index++) data.set(red(index % widthPx, Math.floor(index / widthPx)) ? [255, 20, 20] : [0, 90, 200], 3 * index);
  return encodePng({ widthPx, heightPx, data });
};

/** @returns how a run ended */
export const finishedIn = (told: readonly SegmentationProgress[]) => {
  const last = told.at(-1);
  if (last?.kind !== 'finished') throw new Error('The run did not say how it ended');
  return last;
};

/** Background segmentation over the real store, disk, codec and inference process, in a folder of its own. */
export interface SegmentationRig {
  readonly folder: string;
  readonly storeDir: string;
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly models: LocalModelStore;
  /** Everything that was told since the start. */
  readonly seen: readonly AppEvent[];
  /** A test may put others in place of these two; it releases what was there. */
  host: InferenceHost;
  service: SegmentationService & Disposable;
  makeService(change?: Partial<SegmentationServiceOptions>): SegmentationService & Disposable;
  /** A model of the application whose weights are a file to copy. */
  writeDescriptor(id: string, weights: Uint8Array, inputSidePx?: number): Promise<void>;
  addAsset(name: string, bytes: Uint8Array, size?: { widthPx: number; heightPx: number }): Promise<AssetRef>;
  addMany(count: number): Promise<readonly AssetRef[]>;
  asset(ref: AssetRef): Promise<Asset>;
  collect(request: SegmentationRequest): Promise<readonly SegmentationProgress[]>;
  dispose(): Promise<void>;
}

export const createSegmentationRig = async (): Promise<SegmentationRig> => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-segmentation-'));
  const storeDir = join(folder, 'store');
  await mkdir(join(folder, 'app', 'models'), { recursive: true });
  const store = await openStore({ storeDir, create: true, clock: systemClock });
  const blobs = await openBlobs({ root: storeDir });
  const models = createModelStore({ appFolder: join(folder, 'app'), cacheFolder: join(folder, 'cache'), dataFolder: join(folder, 'data'), defaultModelId: modelId });
  const events = new AppEvents();
  const seen: AppEvent[] = [];
  events.listen((event) => seen.push(event));

  const makeService: SegmentationRig['makeService'] = (change = {}) =>
    createSegmentationService({
      store,
      blobs,
      codec,
      models,
      segmenterOf: async (id) => createSegmenter(await models.foreground(id), { host: rig.host, modelStore: models, codec }),
      clock: systemClock,
      events,
      defaults: parameters,
      logger: createLogger('test', 'silent'),
      ...change,
    });
  const writeDescriptor: SegmentationRig['writeDescriptor'] = async (id, weights, inputSidePx = 32) => {
    const file = join(folder, `${id}.onnx`);
    await writeFile(file, weights);
    const descriptor = {
      id,
      label: id,
      task: 'foreground',
      source: pathToFileURL(file).href,
      sha256: createHash('sha256').update(weights).digest('hex'),
      sizeBytes: weights.length,
      licence: { package: null, weights: 'none', note: null },
      adapter: {
        family: 'isnet',
        input: { name: null, widthPx: inputSidePx, heightPx: inputSidePx, divisor: 255, mean: [0, 0, 0], std: [1, 1, 1] },
        output: { name: 'red', activation: 'none' },
      },
    };
    await writeFile(join(folder, 'app', 'models', `${id}.json`), JSON.stringify(descriptor));
  };
  const addAsset: SegmentationRig['addAsset'] = async (name, bytes, size = { widthPx: 120, heightPx: 160 }) => {
    const key = `data/images/products/${name}.png`;
    await blobs.put(key, bytes);
    const id = asId<AssetId>(name);
    await store.catalog.addAsset({ kind: 'product_image', id, productId, localPath: blobs.pathOfKey(key), sourceSha256: sha256Hex(name), ...size });
    return { kind: 'product_image', id };
  };
  const rig: SegmentationRig = {
    folder,
    storeDir,
    store,
    blobs,
    models,
    seen,
    host: createSessionHost({ launcher: childProcessLauncher(), threads: 1, executionProviders: [], restartDelayMs: 10 }),
    service: makeService(),
    makeService,
    writeDescriptor,
    addAsset,
    addMany: async (count) => {
      const bytes = await photo();
      return Promise.all(Array.from({ length: count }, (_, index) => addAsset(`p${index}`, bytes)));
    },
    asset: async (ref) => present(await store.assets.get(ref), ref.id),
    collect: async (request) => {
      const told: SegmentationProgress[] = [];
      for await (const progress of rig.service.run(request)) told.push(progress);
      return told;
    },
    dispose: async () => {
      await rig.service.dispose();
      await rig.host.dispose();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
  await writeDescriptor(modelId, redChannelModel(sidePx), sidePx);
  await store.catalog.ensureJob({ jobId, industry: 'test' });
  await store.catalog.ensureProduct({ productId, jobId, src: 'test', asinOrItemId: 'x', title: null, marketplace: 'us' });
  return rig;
};
