import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../electron/app/config.ts';
import { createApp, type App } from '../electron/app/createApp.ts';
import { createModels } from '../electron/app/createModels.ts';
import type { LocalModelStore } from '../electron/inference/modelStore.ts';
import { asId, type ModelId } from '../shared/domain/ids.ts';
import { bareRuns } from './segmentation/bareRuns.ts';
import { writePhotos } from './segmentation/photos.ts';

/**
 * Background segmentation over the app's real path (store, blobs, decoding, inference process, encoding, candidates) against a loop of bare
 * `session.run` on as many threads. The bar is 0.9 of the bare loop. The loop is run before and after the batch and its mean is
 * taken, so that a machine that slows down does not favour either. Both exclude loading the model.
 * Options: --count N photos (default 50), --large N photos of 24 MP (default 4), --threads N (default: the machine's).
 */
const { values } = parseArgs({
  options: { count: { type: 'string', default: '50' }, large: { type: 'string', default: '4' }, threads: { type: 'string' } },
  strict: false,
});
const count = Math.max(2, Number(values.count));
const large = Number(values.large);
const threads = Number(values.threads ?? availableParallelism());
const bar = 0.9;

const say = (what: string, measured: string, beside = ''): void => console.log(`  ${what.padEnd(44)}${measured.padStart(14)}  ${beside}`);
const perMinute = (eachMs: number): string => `${(60_000 / eachMs).toFixed(1)} / min`;

const importFolder = async (app: App, folder: string): Promise<void> => {
  for await (const step of app.services.imports.run({ folder, kind: 'products' })) {
    if (step.kind === 'finished' && step.failed.length > 0) throw new Error(`${step.failed.length} photos could not be imported`);
  }
};

interface Batch {
  /** Milliseconds a photo, from the first claim to the last candidate in the store. */
  readonly eachMs: number;
  /** Share of the batch's time that the inference process spent in `session.run`; the rest is what the pipeline failed to hide. */
  readonly busyShare: number;
}

/** Milliseconds in `session.run`, as the revisions record them. */
const inferenceMs = async ({ services: { store } }: App): Promise<number> => {
  let sum = 0;
  for (let cursor: string | null = null; ; ) {
    const page = await store.assets.list({ limit: 100, cursor });
    for (const asset of page.assets) for (const revision of await store.revisions.ofAsset(asset)) sum += revision.model?.inferenceMs ?? 0;
    cursor = page.nextCursor;
    if (cursor === null) return sum;
  }
};

const batch = async (app: App, modelId: ModelId): Promise<Batch> => {
  const { segmentation } = app.services;
  const before = (await segmentation.status()).counts;
  const startedMs = performance.now();
  await segmentation.start({ modelId });
  await segmentation.idle();
  const elapsedMs = performance.now() - startedMs;
  const { counts, notice } = await segmentation.status();
  const done = counts.done - before.done;
  if (notice !== null || counts.failed > before.failed || done === 0) throw new Error(notice ?? 'photos failed');
  return { eachMs: elapsedMs / done, busyShare: (await inferenceMs(app)) / elapsedMs };
};

interface Photos {
  readonly count: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly seed: number;
}

/** A fresh store a measurement: all of its photos are unsegmented. */
const measureApp = async (root: string, models: LocalModelStore, modelId: ModelId, photos: Photos): Promise<Batch> => {
  const folder = join(root, `photos-${photos.seed}`);
  const storeDir = join(root, `store-${modelId}-${photos.seed}`);
  await writePhotos(folder, photos.count, photos.widthPx, photos.heightPx, photos.seed);
  const app = await createApp({ ...(await loadConfig({ storeDir, create: true })), threads, background: false });
  try {
    await app.inference.load({ path: await models.pathOf(modelId), executionProviders: (await models.descriptor(modelId)).executionProviders });
    await importFolder(app, folder);
    return await batch(app, modelId);
  } finally {
    await app.close();
  }
};

const compare = async (root: string, id: string, photos: Photos, withBar: boolean): Promise<void> => {
  const modelId = asId<ModelId>(id);
  const models = createModels(await loadConfig({ storeDir: root }));
  await models.pull(modelId);
  const { adapter } = await models.foreground(modelId);
  const path = await models.pathOf(modelId);
  const bareCount = Math.max(2, Math.min(photos.count, Math.ceil(photos.count / 2)));
  const measureBare = async (): Promise<number> => {
    const bare = await bareRuns(path, adapter.input.widthPx, threads);
    const eachMs = await bare.measure(bareCount);
    await bare.release();
    return eachMs;
  };
  const before = await measureBare();
  const { eachMs: app, busyShare } = await measureApp(root, models, modelId, photos);
  const after = await measureBare();
  const bare = (before + after) / 2;
  const megapixels = (photos.widthPx * photos.heightPx) / 1e6;
  console.log(`${id}, ${photos.count} JPEGs of ${megapixels.toFixed(0)} MP, ${threads} threads`);
  say('bare session.run, before and after', perMinute(bare), `${before.toFixed(0)} and ${after.toFixed(0)} ms each`);
  say('through the app', perMinute(app), `${app.toFixed(0)} ms each, ${(100 * busyShare).toFixed(1)} % of it in session.run`);
  say('share of the bare loop', (bare / app).toFixed(3), withBar ? `bar ${bar}: ${bare / app >= bar ? 'met' : 'MISSED'}` : 'no bar');
};

const root = await mkdtemp(join(tmpdir(), 'maskdesk-bench-'));
try {
  await compare(root, 'isnet-quint8', { count, widthPx: 1600, heightPx: 1250, seed: 1 }, true);
  await compare(root, 'u2netp', { count, widthPx: 1600, heightPx: 1250, seed: 1 }, false);
  if (large > 0) await compare(root, 'isnet-quint8', { count: large, widthPx: 6000, heightPx: 4000, seed: 1000 }, false);
} finally {
  await rm(root, { recursive: true, force: true });
}
