import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type AssetId, type JobId, type ModelId, type ProductId, type VideoId } from '../../../shared/domain/ids.ts';
import { throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Broker, IncomingMessage, OutgoingEvent } from '../../../shared/ports/broker.ts';
import type { Segmenter } from '../../../shared/ports/segmenter.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { sha256Hex } from '../../base/hash.ts';
import { createLogger } from '../../base/logger.ts';
import { systemClock } from '../../base/systemClock.ts';
import { openBlobs } from '../../blobs/index.ts';
import { openBroker } from '../../brokers/index.ts';
import { createImageCodec, encodePng } from '../../imaging/index.ts';
import { AppEvents } from '../../services/appEvents.ts';
import { silentObserver, type IntakeObserver } from '../../services/intake/intakeObserver.ts';
import type { IntakeParts, IntakeSettings } from '../../services/intake/intakeOptions.ts';
import { createIntakeService, type IntakeService } from '../../services/intake/intakeService.ts';
import { createPublisher } from '../../services/publish/publisher.ts';
import { createStableKeys } from '../../services/publish/stablePaths.ts';
import { openStore } from '../../store/index.ts';

const codec = createImageCodec({ threads: 1 });
const productId = asId<ProductId>('product');
export const recipeId = asId<ModelId>('red');

/** A segmenter whose every mask is known: the red pixels of the photo, in the photo's own size. */
export const redSegmenter: Segmenter = {
  modelId: recipeId,
  weightsSha256: sha256Hex('red pixels'),
  segment: async (photo, { threshold = 0.5, signal }) => {
    throwIfCancelled(signal);
    const { widthPx, heightPx } = await codec.probe(photo);
    const { data } = await codec.rgbAt(photo, widthPx, heightPx);
    const red = Uint8Array.from({ length: widthPx * heightPx }, (_, pixel) => ((data[3 * pixel] ?? 0) >= 255 * threshold ? 255 : 0));
    const run = { modelId: recipeId, weightsSha256: sha256Hex('red pixels'), threshold, executionProvider: 'cpu', inferenceMs: 0, confidence: 1 };
    return { mask: { widthPx, heightPx, data: red }, matte: null, run };
  },
};

const widthPx = 8;
const heightPx = 6;

/** Each seed another photo: so many red pixels. */
export const photoOf = (seed: number): Promise<Uint8Array> => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let pixel = 0; pixel < widthPx * heightPx; pixel++) data.set(pixel <= seed % 40 ? [255, 0, 0] : [0, 0, seed % 256], 3 * pixel);
  return encodePng({ widthPx, heightPx, data });
};

/** A worker's intake on a real store, disk and event file. The pipeline's side of it, rows, photos and messages, is for the test to make. */
export interface IntakeRig {
  readonly storeDir: string;
  readonly store: Store;
  readonly blobs: BlobStore;
  /** A worker's intake; several may work on the rig at once. Disposed of with the rig. */
  worker(change?: { settings?: Partial<IntakeSettings>; parts?: Partial<IntakeParts>; observer?: Partial<IntakeObserver> }): IntakeService;
  /** The pipeline's row and its photo. */
  addImage(id: string, seed?: number, jobId?: string): Promise<AssetRef>;
  addFrames(videoId: string, jobIds: readonly string[], ids: readonly string[]): Promise<readonly AssetRef[]>;
  /** Everything enqueued so far, in order. */
  events(): Promise<readonly OutgoingEvent[]>;
  dispose(): Promise<void>;
}

export const quickSettings: Partial<IntakeSettings> = {
  retry: { firstMs: 1, longestMs: 5, limit: 3, outageLimit: Number.POSITIVE_INFINITY },
  rowWaitMs: 50,
  leftOverAfterMs: 60_000,
};

export const messageOf = (topic: string, body: unknown, isRedelivered = false): IncomingMessage => ({
  topic,
  queue: `queue.${topic}`,
  body: body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body)),
  isRedelivered,
});

export const imageReady = (jobId: string, imageId: string, more: object = {}): IncomingMessage =>
  messageOf('products.image.ready', { product_id: productId, image_id: imageId, local_path: `data/images/products/${imageId}.png`, job_id: jobId, metadata: { width: widthPx, height: heightPx, format: 'png' }, ...more });

export const imageBatch = (jobId: string, total: number, more: object = {}): IncomingMessage =>
  messageOf('products.images.ready.batch', { job_id: jobId, event_id: `batch of ${jobId}`, total_images: total, ...more });

export const framesReady = (jobId: string, videoId: string, frameIds: readonly string[], more: object = {}): IncomingMessage =>
  messageOf('videos.keyframes.ready', { video_id: videoId, job_id: jobId, frames: frameIds.map((id, index) => ({ frame_id: id, ts: index, local_path: `data/images/frames/${id}.png` })), ...more });

export const frameBatch = (jobId: string, total: number): IncomingMessage =>
  messageOf('video.keyframes.ready.batch', { job_id: jobId, event_id: `frames of ${jobId}`, total_keyframes: total });

/** @param opened a store on an empty database, which the rig closes; default: SQLite in a folder of its own */
export const createIntakeRig = async (opened?: Store): Promise<IntakeRig> => {
  const storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-intake-'));
  const store = opened ?? (await openStore({ storeDir, create: true, clock: systemClock }));
  const blobs = await openBlobs({ root: storeDir });
  const broker: Broker = await openBroker({ kind: 'local', storeDir, clock: systemClock });
  const disposals: (() => Promise<void>)[] = [];
  const ensureJob = (jobId: string) => store.catalog.ensureJob({ jobId: asId<JobId>(jobId), industry: 'test' });
  return {
    storeDir,
    store,
    blobs,
    worker: ({ settings = {}, parts = {}, observer = {} } = {}) => {
      const events = new AppEvents();
      const logger = createLogger('test', 'silent');
      const publisher = createPublisher({ store: parts.store ?? store, blobs: parts.blobs ?? blobs, broker, events, logger });
      const service = createIntakeService(
        {
          store,
          blobs,
          codec,
          publisher,
          stableKeyOf: createStableKeys(),
          segmenterOf: () => Promise.resolve(redSegmenter),
          clock: systemClock,
          events,
          orientation: 'exif',
          observer: { ...silentObserver, ...observer },
          parameters: () => ({ modelId: recipeId, threshold: 0.5, wantMatte: false }),
          ...parts,
        },
        { ...quickSettings, ...settings },
      );
      disposals.push(async () => {
        await service.dispose();
        await publisher.dispose();
      });
      return service;
    },
    addImage: async (name, seed = 3, jobId = 'job') => {
      const id = asId<AssetId>(name);
      await ensureJob(jobId);
      await store.catalog.ensureProduct({ productId, jobId: asId(jobId), src: 'test', asinOrItemId: 'x', title: null, marketplace: 'us' });
      const key = `data/images/products/${name}.png`;
      await blobs.put(key, await photoOf(seed));
      await store.catalog.addAsset({ kind: 'product_image', id, productId, localPath: blobs.pathOfKey(key), sourceSha256: sha256Hex(name), widthPx, heightPx });
      return { kind: 'product_image', id };
    },
    addFrames: async (videoName, jobIds, names) => {
      const videoId = asId<VideoId>(videoName);
      for (const jobId of jobIds) {
        await ensureJob(jobId);
        await store.catalog.ensureVideo({ videoId, jobId: asId(jobId), platform: 'test', url: 'https://example.org', title: null });
      }
      const refs: AssetRef[] = [];
      for (const [index, name] of names.entries()) {
        const key = `data/images/frames/${name}.png`;
        await blobs.put(key, await photoOf(index + 1));
        const id = asId<AssetId>(name);
        await store.catalog.addAsset({ kind: 'keyframe', id, videoId, timestampS: index, localPath: blobs.pathOfKey(key), sourceSha256: sha256Hex(name), widthPx, heightPx });
        refs.push({ kind: 'keyframe', id });
      }
      return refs;
    },
    events: () => store.outbox.list({ limit: 100_000 }),
    dispose: async () => {
      for (const dispose of disposals) await dispose();
      await broker.close();
      await store.close();
      await rm(storeDir, { recursive: true });
    },
  };
};
