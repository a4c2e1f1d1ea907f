import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheFolder } from '../base/folders.ts';
import { demoSetting, makeDemoStore, readTruth, readTruthIndex, type DemoProgress } from '../demo/index.ts';
import type { Asset } from '../../shared/domain/asset.ts';
import { areaPx } from '../../shared/mask/bitmap.ts';
import { isCancelled, isExpected } from '../../shared/errors/errors.ts';
import { createApp, type App } from './createApp.ts';
import { writeDemoSubset } from './testing/demoSubset.ts';
import { loadConfig } from './config.ts';

/** A few pictures of the real recipe, of every kind: a photo as it is, one on paper, a scene with a hand, one with a person in front. */
const wanted = new Set(['trail-boot_side', 'car-blue_studio', 'die-cast-bench-9x16_002', 'evening-reading_003']);

let folder: string;
let recipeFile: string;
const apps: App[] = [];

const openStore = async (name: string): Promise<App> => {
  const app = await createApp(await loadConfig({ storeDir: join(folder, name), create: true, reviewer: 'ana', background: false }));
  apps.push(app);
  return app;
};

const make = ({ services, blobs, codec, config }: App, options: { onProgress?: (progress: DemoProgress) => void; signal?: AbortSignal } = {}) =>
  makeDemoStore({ storeDir: config.storeDir, cacheDir: cacheFolder(), recipeFile, registryFile: join(folder, 'none.json'), store: services.store, blobs, codec, ...options });

const picturesOf = async (app: App): Promise<Map<string, { asset: Asset; bytes: Uint8Array }>> => {
  const { assets } = await app.services.store.assets.list({ limit: 100 });
  return new Map(await Promise.all(assets.map(async (asset) => [asset.id, { asset, bytes: await app.blobs.get(app.blobs.keyOfPath(asset.localPath)) }] as const)));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-demo-'));
  recipeFile = join(folder, 'recipe.json');
  await writeDemoSubset(recipeFile, wanted, [{ imageId: 'car-blue_studio', frameId: 'evening-reading_003', score: 0.5 }]);
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the demo store', () => {
  test('is completed after an interruption, left alone once finished, and the same bytes every time', { timeout: 120_000 }, async ({ skip }) => {
    const first = await openStore('first');
    const stop = new AbortController();
    const interrupted: unknown = await make(first, {
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.kind === 'picture' && progress.done === 2) stop.abort();
      },
    }).catch((error: unknown) => error);
    // On a build machine a registry that can't be reached is a failure, not a reason to look away.
    if (isExpected(interrupted, 'offline') && process.env['CI'] !== 'true') skip(`the demo's photos are not in the cache, and ${interrupted.message}`);
    expect(isCancelled(interrupted)).toBe(true);
    expect((await first.services.store.settings.get(demoSetting)) ?? null).toBeNull();
    expect(await make(first)).toEqual({ outcome: 'made', pictures: wanted.size });
    expect((await first.services.info()).isDemo).toBe(true);

    const pictures = await picturesOf(first);
    expect(new Set(pictures.keys())).toEqual(wanted);

    const index = await readTruthIndex(first.config.storeDir);
    expect(index).toHaveLength(wanted.size);
    for (const entry of index) {
      const { asset } = pictures.get(entry.id) ?? {};
      const truth = await readTruth(first.config.storeDir, entry, first.codec);
      expect([truth.widthPx, truth.heightPx, areaPx(truth)]).toEqual([asset?.widthPx, asset?.heightPx, entry.areaPx]);
      const share = entry.areaPx / (truth.widthPx * truth.heightPx);
      expect(share).toBeGreaterThan(0.02);
      expect(share).toBeLessThan(0.8);
    }

    const frame = pictures.get('evening-reading_003')?.asset;
    expect(frame).toMatchObject({ kind: 'keyframe', videoId: 'evening-reading', timestampS: 30, jobIds: ['demo'] });
    expect(frame === undefined ? null : await first.services.store.assets.pairsOf(frame)).toMatchObject([{ productImage: { id: 'car-blue_studio' }, score: 0.5 }]);

    const steps: DemoProgress[] = [];
    expect(await make(first, { onProgress: (progress) => steps.push(progress) })).toEqual({ outcome: 'exists', pictures: wanted.size });
    expect(steps).toEqual([]);

    const second = await openStore('second');
    await make(second);
    for (const [id, { bytes }] of await picturesOf(second)) expect([id, Buffer.compare(bytes, pictures.get(id)?.bytes ?? new Uint8Array())]).toEqual([id, 0]);
    for (const entry of await readTruthIndex(second.config.storeDir)) {
      const masks = await Promise.all([first, second].map((app) => readFile(join(app.config.storeDir, 'demo', 'truth', entry.file))));
      expect(Buffer.compare(masks[0] as Buffer, masks[1] as Buffer)).toBe(0);
    }
  });
});
