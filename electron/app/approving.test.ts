import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp, type App } from './createApp.ts';
import { loadConfig } from './config.ts';
import { sha256Hex } from '../base/hash.ts';
import { asId, type AssetId, type JobId, type ProductId, type RevisionId, type Sha256, type VideoId } from '../../shared/domain/ids.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';

const widthPx = 40;
const heightPx = 30;
const jobs = ['job a', 'job b'].map((id) => asId<JobId>(id));
const image: AssetRef = { kind: 'product_image', id: asId<AssetId>('img/"1" ü') };
const frame: AssetRef = { kind: 'keyframe', id: asId<AssetId>('frame 1') };

let folder: string;
let app: App;

const addAssets = async (): Promise<void> => {
  const { catalog } = app.services.store;
  for (const jobId of jobs) {
    await catalog.ensureJob({ jobId, industry: 'test' });
    await catalog.ensureVideo({ videoId: asId<VideoId>('v'), jobId, platform: 'test', url: 'test', title: null });
  }
  await catalog.ensureProduct({ productId: asId<ProductId>('p'), jobId: asId<JobId>('job a'), src: 't', asinOrItemId: 't', title: null, marketplace: 'us' });
  const photo = await app.codec.encodeMatte(widthPx, heightPx, new Uint8Array(widthPx * heightPx).fill(90));
  await app.blobs.put('data/images/photo.png', photo);
  const common = { localPath: 'data/images/photo.png', widthPx, heightPx, sourceSha256: sha256Hex(photo) };
  await catalog.addAsset({ ...common, kind: 'product_image', id: image.id, productId: asId<ProductId>('p') });
  await catalog.addAsset({ ...common, kind: 'keyframe', id: frame.id, videoId: asId<VideoId>('v'), timestampS: 1.5 });
};

const open = async (): Promise<App> => createApp(await loadConfig({ storeDir: join(folder, 'store'), create: true, reviewer: 'ana', background: false }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-approving-'));
  app = await open();
  await addAssets();
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** Uploads a mask with that many rows inside and approves it. */
const approveRows = async (asset: AssetRef, rows: number): Promise<Sha256> => {
  const mask = emptyBitmap(widthPx, heightPx);
  mask.data.fill(255, 0, rows * widthPx);
  const { maskSha256 } = await app.services.pixels.uploadMask(asset, encodeRle(mask));
  const { headRevisionId = null } = (await app.services.store.assets.get(asset)) ?? {};
  await app.services.review.approve({ asset, expectedHead: headRevisionId, maskSha256 });
  await app.publisher.drain();
  return maskSha256;
};

const eventsFile = async (): Promise<Record<string, unknown>[]> => {
  const text = await readFile(join(folder, 'store', 'events.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
};
const stableOf = async (asset: AssetRef): Promise<{ path: string | null; sha256: string | null }> => {
  const path = (await app.services.store.assets.get(asset))?.maskedLocalPath ?? null;
  return { path, sha256: path === null ? null : await app.blobs.sha256(app.blobs.keyOfPath(path)) };
};

describe('approving', () => {
  test('puts the PNG at its stable path, sets the path and sends one event', async () => {
    const maskSha256 = await approveRows(image, 3);
    const path = 'data/masks/products/img%2F%221%22%20%C3%BC.png';
    expect(await stableOf(image)).toEqual({ path, sha256: maskSha256 });
    const png = await readFile(join(folder, 'store', path));
    // IHDR: width, height, 8 bits, greyscale
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]).toEqual([widthPx, heightPx, 8, 0]);
    const mask = await app.codec.decodeMask(png);
    expect(mask.data.filter((value) => value === 255).length).toBe(3 * widthPx);
    expect(await eventsFile()).toMatchObject([{ job_id: 'job a', image_id: image.id, mask_path: path, _metadata: { topic: 'products.image.masked' } }]);
  });

  test('a keyframe sends one event for each job of its video', async () => {
    await approveRows(frame, 2);
    const events = await eventsFile();
    expect(events.map((event) => event['job_id']).sort()).toEqual(['job a', 'job b']);
    expect(new Set(events.map((event) => event['event_id'])).size).toBe(2);
    expect(events[0]).toMatchObject({ video_id: 'v', frames: [{ frame_id: 'frame 1', ts: 1.5, mask_path: 'data/masks/frames/frame%201.png' }] });
  });

  test('a head that moved meanwhile is refused and nothing is written', async () => {
    const first = await approveRows(image, 3);
    const eventsBefore = await eventsFile();
    const stale = asId<RevisionId>('00000000-0000-4000-8000-000000000000');
    await expect(app.services.review.approve({ asset: image, expectedHead: stale, maskSha256: null })).rejects.toMatchObject({ code: 'stale_revision' });
    await app.publisher.drain();
    expect(await stableOf(image)).toMatchObject({ sha256: first });
    expect(await eventsFile()).toEqual(eventsBefore);
  });

  test('a mask of another size is refused', async () => {
    await expect(app.services.pixels.uploadMask(image, encodeRle(emptyBitmap(heightPx, widthPx)))).rejects.toMatchObject({ code: 'mask_size_mismatch' });
  });

  test('undo goes back to the approval before with a new event, and with none left takes path and file away', async () => {
    const first = await approveRows(image, 3);
    await approveRows(image, 5);
    await app.services.review.undo({});
    await app.publisher.drain();
    expect(await stableOf(image)).toMatchObject({ sha256: first });
    const events = await eventsFile();
    expect(new Set(events.map((event) => event['event_id'])).size).toBe(3);
    await app.services.review.undo({});
    await app.publisher.drain();
    expect(await stableOf(image)).toEqual({ path: null, sha256: null });
    expect(await app.blobs.has('data/masks/products/img%2F%221%22%20%C3%BC.png')).toBe(false);
    expect(await eventsFile()).toHaveLength(3);
    await expect(app.services.review.undo({})).rejects.toMatchObject({ code: 'nothing_to_undo' });
  });

  test('rejecting something published withdraws it, and undoing that publishes it again', async () => {
    const maskSha256 = await approveRows(frame, 4);
    const head = (await app.services.store.assets.get(frame))?.headRevisionId ?? null;
    const rejected = await app.services.review.reject({ asset: frame, expectedHead: head, reason: 'holes', note: null });
    await app.publisher.drain();
    expect(rejected.asset.state).toBe('rejected');
    expect(await stableOf(frame)).toEqual({ path: null, sha256: null });
    const undone = await app.services.review.undo({});
    await app.publisher.drain();
    expect(undone.asset.state).toBe('approved');
    expect(await stableOf(frame)).toMatchObject({ sha256: maskSha256 });
  });
});

describe('what a crash or a careless hand leaves', () => {
  test('an acknowledged approval that was not published is published at the next start', async () => {
    const mask = emptyBitmap(widthPx, heightPx);
    mask.data[5] = 255;
    const { maskSha256 } = await app.services.pixels.uploadMask(image, encodeRle(mask));
    await app.publisher.dispose(); // as if the process had died right after the acknowledgement
    await app.services.review.approve({ asset: image, expectedHead: null, maskSha256 });
    expect(await stableOf(image)).toEqual({ path: null, sha256: null });
    await app.close();
    app = await open();
    expect(await app.replay()).toMatchObject({ published: 1, delivered: 1, problems: [] });
    expect(await stableOf(image)).toMatchObject({ sha256: maskSha256 });
  });

  test('recover mends a stable file that was changed, and a revision blob that was lost', async () => {
    const maskSha256 = await approveRows(image, 3);
    const { path } = await stableOf(image);
    await writeFile(join(folder, 'store', String(path)), 'not a mask');
    expect(await app.recover()).toMatchObject({ repaired: [path], lost: [] });
    expect(await stableOf(image)).toMatchObject({ sha256: maskSha256 });
    const blobKey = `data/maskdesk/masks/${maskSha256.slice(0, 2)}/${maskSha256}.png`;
    await app.blobs.remove(blobKey);
    expect(await app.recover()).toMatchObject({ blobsRestored: [blobKey], lost: [] });
    expect(await app.blobs.sha256(blobKey)).toBe(maskSha256);
    await app.blobs.remove(blobKey);
    await writeFile(join(folder, 'store', String(path)), 'not a mask');
    expect((await app.recover()).lost).toEqual([path, blobKey]);
  });

  test('a damaged revision blob is not published: it stays pending with a sentence', async () => {
    await approveRows(image, 3);
    const mask = emptyBitmap(widthPx, heightPx);
    mask.data[7] = 255;
    const { maskSha256 } = await app.services.pixels.uploadMask(image, encodeRle(mask));
    await writeFile(join(folder, 'store', 'data/maskdesk/masks', maskSha256.slice(0, 2), `${maskSha256}.png`), 'damaged');
    const { headRevisionId = null } = (await app.services.store.assets.get(image)) ?? {};
    const before = await stableOf(image);
    await app.services.review.approve({ asset: image, expectedHead: headRevisionId, maskSha256 });
    const report = await app.publisher.drain();
    expect(report.problems.join()).toContain('damaged');
    expect(await app.services.store.publications.pendingCount()).toBe(1);
    expect(await stableOf(image)).toEqual(before);
  });
});
