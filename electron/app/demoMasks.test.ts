import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDemoStore, readTruth, readTruthIndex } from '../demo/index.ts';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';
import { iou } from '../../shared/metrics/iou.ts';
import { createApp, type App } from './createApp.ts';
import { loadConfig } from './config.ts';
import { writeDemoSubset } from './testing/demoSubset.ts';

/** Pictures that the model is known to get right; the demo's other half is there to be corrected. */
const wanted = new Set(['trail-boot_side', 'car-blue_studio', 'trail-boot-street-test_001']);
const modelId = asId<ModelId>('isnet-quint8');

let folder: string;
let app: App;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-demo-masks-'));
  const recipeFile = join(folder, 'recipe.json');
  await writeDemoSubset(recipeFile, wanted);
  app = await createApp(await loadConfig({ storeDir: join(folder, 'store'), create: true, background: false }));
  const { services, blobs, codec, config } = app;
  await services.models.pull(modelId);
  await makeDemoStore({ storeDir: config.storeDir, cacheDir: config.cacheDir, recipeFile, registryFile: join(folder, 'none.json'), store: services.store, blobs, codec });
}, 300_000);
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

test('masks of the demo come back at full size and close to the truth', { timeout: 120_000 }, async () => {
  const { store, segmentation } = app.services;
  expect(await segmentation.start({ modelId })).toEqual({ added: wanted.size });
  await segmentation.idle();
  const ious = new Map<string, number>();
  for (const entry of await readTruthIndex(app.config.storeDir)) {
    const asset = present((await store.assets.withId(asId(entry.id)))[0], entry.id);
    const head = present(asset.headRevisionId === null ? null : await store.revisions.get(asset.headRevisionId), `the mask of ${entry.id}`);
    const mask = await app.codec.decodeMask(await app.blobs.get(maskBlobKey(head.maskSha256)));
    expect([mask.widthPx, mask.heightPx]).toEqual([asset.widthPx, asset.heightPx]);
    ious.set(entry.id, iou(mask, await readTruth(app.config.storeDir, entry, app.codec)));
  }
  expect(new Set(ious.keys())).toEqual(wanted);
  // Measured .997, .989 and .983; a shift by a few pixels or a blocky edge falls below these.
  for (const [id, value] of ious) expect(value, id).toBeGreaterThan(0.97);
});
