import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { asId, type AssetId } from '../../shared/domain/ids.ts';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import { present } from '../../shared/errors/errors.ts';
import { createWorkerRig, type WorkerRig } from './testing/workerRig.ts';

/** The whole chain as a team runs it: PostgreSQL, RabbitMQ, an S3 server with the cache in front, and a worker as a program of its own. */
let rig: WorkerRig;
const prefix = `tests/${crypto.randomUUID()}`;
beforeEach(async () => {
  const { endpoint, bucket, credentials } = inject('s3Access');
  rig = await createWorkerRig({
    rabbitUrl: inject('rabbitUrl'),
    postgresUrl: inject('postgresUrl'),
    blobs: { kind: 's3', endpoint, bucket, prefix, accessKey: credentials.accessKeyId, secretKey: credentials.secretAccessKey, cacheMegabytes: 16 },
  });
});
afterEach(() => rig.dispose());

it('photos from S3 become masks in S3, an approval there outranks the model, and topics that nobody wants hold up nothing', async () => {
  const ids = ['a', 'b', 'spoilt'];
  await rig.addPhotos('job', ids);
  await rig.spoil('spoilt');
  const worker = rig.start();
  const { port } = await worker.message('health and metrics are served');
  await worker.message('worker runs');
  await rig.announceBatch('job', 3);
  await rig.announce('job', ids);
  expect(await rig.take('products.images.masked.batch', 1)).toMatchObject([{ job_id: 'job', total_images: 2 }]);
  const masked = await rig.takeAll('products.image.masked');
  expect(masked.map(({ image_id, mask_path }) => [image_id, mask_path]).sort()).toEqual([['a', 'data/masks/products/a.png'], ['b', 'data/masks/products/b.png']]);
  const { blobs, services } = rig.app;
  expect(blobs.location).toContain(prefix);
  const { store, review } = services;
  const asset = { kind: 'product_image', id: asId<AssetId>('a') } as const;
  const [model] = await store.revisions.ofAsset(asset);
  const fileOf = async (path: string): Promise<Uint8Array> => blobs.get(blobs.keyOfPath(path));
  expect(Buffer.from(await fileOf('data/masks/products/a.png')).equals(Buffer.from(await blobs.get(maskBlobKey(present(model, 'the model’s revision').maskSha256))))).toBe(true);
  expect((await readdir(join(rig.folder, 'cache', 'blobs'), { recursive: true, withFileTypes: true })).some((entry) => entry.isFile())).toBe(true);

  // A subscriber that never came: what is told to nobody is counted, and what comes after it arrives.
  await rig.stopListening('products.image.masked');
  const head = (await store.assets.get(asset))?.headRevisionId ?? null;
  await review.reject({ asset: { ...asset, id: asId('b') }, expectedHead: (await store.assets.get({ ...asset, id: asId('b') }))?.headRevisionId ?? null, reason: 'holes', note: null });
  await review.approve({ asset, expectedHead: head, maskSha256: null });
  await rig.announceBatch('empty', 0);
  expect(await rig.take('products.images.masked.batch', 1)).toMatchObject([{ job_id: 'empty', total_images: 0 }]);
  // Counted when the outbox is looked at next.
  await expect.poll(async () => (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text(), { timeout: 20_000 }).toMatch(/maskdesk_outbox_unsent 0\n/);
  expect((await store.assets.get(asset))?.maskedLocalPath).toBe('data/masks/products/a.png');
  expect((await store.assets.get({ ...asset, id: asId('b') }))?.maskedLocalPath).toBeNull();
  expect(await blobs.has('data/masks/products/b.png')).toBe(false);
  expect(await worker.end('SIGTERM')).toBe(0);
}, 60_000);
