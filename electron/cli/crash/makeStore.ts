import { createApp } from '../../app/createApp.ts';
import { loadConfig } from '../../app/config.ts';
import { sha256Hex } from '../../base/hash.ts';
import { asId, type AssetId, type JobId, type ProductId } from '../../../shared/domain/ids.ts';
import { photoHeightPx, photoWidthPx } from './protocol.ts';

const jobId = asId<JobId>('crash');
const productId = asId<ProductId>('product');

/** A store with a few small photos to approve; its ids are of the awkward kind on purpose. */
export const makeCrashStore = async (storeDir: string, assetCount: number): Promise<void> => {
  const app = await createApp(await loadConfig({ storeDir, create: true, background: false }));
  const { store } = app.services;
  await store.catalog.ensureJob({ jobId, industry: 'test' });
  await store.catalog.ensureProduct({ productId, jobId, src: 'test', asinOrItemId: 'product', title: null, marketplace: 'us' });
  for (let index = 0; index < assetCount; index++) {
    const grey = new Uint8Array(photoWidthPx * photoHeightPx).fill(20 * index);
    const photo = await app.codec.encodeMatte(photoWidthPx, photoHeightPx, grey);
    const key = `data/images/products/${index}.png`;
    await app.blobs.put(key, photo);
    await store.catalog.addAsset({
      kind: 'product_image',
      id: asId<AssetId>(`photo/${index} 'é'`),
      productId,
      localPath: app.blobs.pathOfKey(key),
      widthPx: photoWidthPx,
      heightPx: photoHeightPx,
      sourceSha256: sha256Hex(photo),
    });
  }
  await app.close();
};
