import { randomUUID } from 'node:crypto';
import { createApp, type App } from '../../electron/app/createApp.ts';
import { loadConfig } from '../../electron/app/config.ts';
import { sha256Hex } from '../../electron/base/hash.ts';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import { asId, type AssetId, type JobId, type ProductId } from '../../shared/domain/ids.ts';
import { areaPx } from '../../shared/mask/bitmap.ts';
import { productShape, withNote } from './shapes.ts';

export const widthPx = 1730;
export const heightPx = 1156;
const shapes = 50;
const imagesOfProduct = 5;

export const openBenchStore = async (storeDir: string): Promise<App> => createApp(await loadConfig({ storeDir, create: true, reviewer: 'bench', background: false }));

/** A store with so many masks of 2 MP: some shapes, each often, every file its own. Sets `first` and `all` are frozen. @param few how many `first` has */
export const makeMaskStore = async (storeDir: string, count: number, few: number): Promise<void> => {
  const app = await openBenchStore(storeDir);
  const { services: { store }, blobs, codec } = app;
  const jobId = asId<JobId>('bench');
  await store.catalog.ensureJob({ jobId, industry: 'bench' });
  const made = await Promise.all(
    Array.from({ length: Math.min(shapes, count) }, async (_, seed) => {
      const mask = productShape(seed, widthPx, heightPx);
      return { png: await codec.encodeMask(mask), areaPx: areaPx(mask) };
    }),
  );
  const model = { modelId: asId<never>('bench'), weightsSha256: sha256Hex('bench'), threshold: 0.5, executionProvider: 'cpu', inferenceMs: 1, confidence: 0.5 };
  const freeze = async (name: string): Promise<void> => {
    const set = await store.sets.save({ setId: asId(randomUUID()), name, filter: { states: ['to_review'] }, createdBy: 'bench' });
    await store.sets.freeze(set.setId, { snapshotId: asId(randomUUID()), createdBy: 'bench' });
  };
  for (let index = 0; index < count; index++) {
    if (index === few) await freeze('first');
    const id = asId<AssetId>(`image-${index}`);
    const productId = asId<ProductId>(`product-${Math.floor(index / imagesOfProduct)}`);
    const { png, areaPx: area } = made[index % made.length] as (typeof made)[number];
    const bytes = withNote(png, String(index));
    const maskSha256 = sha256Hex(bytes);
    await blobs.put(maskBlobKey(maskSha256), bytes);
    if (index % imagesOfProduct === 0) await store.catalog.ensureProduct({ productId, jobId, src: 'bench', asinOrItemId: productId, title: null, marketplace: 'us' });
    await store.catalog.addAsset({ kind: 'product_image', id, productId, localPath: `data/images/${index}.jpg`, widthPx, heightPx, sourceSha256: sha256Hex(id) });
    await store.revisions.addCandidate({ revisionId: asId(randomUUID()), asset: { kind: 'product_image', id }, parentId: null, maskSha256, matteSha256: null, widthPx, heightPx, areaPx: area, origin: 'model', author: 'bench', model, prompts: null });
  }
  await freeze('all');
  await app.close();
};
