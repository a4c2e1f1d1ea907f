import { randomUUID } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '../createApp.ts';
import { loadConfig } from '../config.ts';
import { sha256Hex } from '../../base/hash.ts';
import { changeDatabase } from '../../store/testing/changeDatabase.ts';
import { asId, type AssetId, type JobId, type ProductId, type RevisionId, type Sha256, type VideoId } from '../../../shared/domain/ids.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { emptyBitmap } from '../../../shared/mask/bitmap.ts';
import { encodeRle } from '../../../shared/mask/rleBinary.ts';

export const widthPx = 40;
export const heightPx = 30;
/** A product image of job a, and a keyframe whose video is in jobs a and b. */
export const image: AssetRef = { kind: 'product_image', id: asId<AssetId>('img/"1" ü') };
export const frame: AssetRef = { kind: 'keyframe', id: asId<AssetId>('frame 1') };
export const imageStablePath = 'data/masks/products/img%2F%221%22%20%C3%BC.png';

/** A store with two small pictures, opened by the app as the command line does, and what tests do with it. */
export class ReviewedStore {
  readonly storeDir: string;
  app: App;

  private constructor(storeDir: string, app: App) {
    this.storeDir = storeDir;
    this.app = app;
  }

  static async make(): Promise<ReviewedStore> {
    const storeDir = join(await mkdtemp(join(tmpdir(), 'maskdesk-reviewed-')), 'store');
    const app = await openApp(storeDir);
    await addAssets(app);
    return new ReviewedStore(storeDir, app);
  }

  /** As the next start of the program. */
  async reopen(): Promise<void> {
    await this.app.close();
    this.app = await openApp(this.storeDir);
  }

  async dispose(): Promise<void> {
    await this.app.close();
    await rm(join(this.storeDir, '..'), { recursive: true, force: true });
  }

  async headOf(asset: AssetRef): Promise<RevisionId | null> {
    return (await this.app.services.store.assets.get(asset))?.headRevisionId ?? null;
  }

  /** Stores a mask with that many rows inside, as the desk does before it approves. */
  async uploadRows(asset: AssetRef, rows: number): Promise<Sha256> {
    const mask = emptyBitmap(widthPx, heightPx);
    mask.data.fill(255, 0, rows * widthPx);
    return (await this.app.services.pixels.uploadMask(asset, encodeRle(mask))).maskSha256;
  }

  /** Approves such a mask and publishes it. */
  async approveRows(asset: AssetRef, rows: number): Promise<Sha256> {
    const maskSha256 = await this.uploadRows(asset, rows);
    await this.app.services.review.approve({ asset, expectedHead: await this.headOf(asset), maskSha256 });
    await this.app.publisher.drain();
    return maskSha256;
  }

  /** More images of the same product, each with a model's mask to review; ids: more-0 and on. */
  async addMasked(count: number): Promise<AssetRef[]> {
    const { store, pixels } = this.app.services;
    const added: AssetRef[] = [];
    for (let index = 0; index < count; index++) {
      const asset: AssetRef = { kind: 'product_image', id: asId<AssetId>(`more-${index}`) };
      await store.catalog.addAsset({ kind: 'product_image', id: asset.id, productId: asId<ProductId>('p'), ...photoFacts, sourceSha256: sha256Hex(asset.id) });
      const maskSha256 = await this.uploadRows(asset, 1 + (index % (heightPx - 1)));
      await store.revisions.addCandidate({
        revisionId: asId<RevisionId>(randomUUID()),
        asset,
        parentId: null,
        maskSha256,
        matteSha256: null,
        widthPx,
        heightPx,
        areaPx: widthPx,
        origin: 'model',
        author: 'm',
        model: { modelId: asId('m'), weightsSha256: sha256Hex('m'), threshold: 0.5, executionProvider: 'cpu', inferenceMs: 1, confidence: 0.5 },
        prompts: null,
      });
      await pixels.removeDraft(asset);
      added.push(asset);
    }
    return added;
  }

  /** Where the bytes of a revision's mask lie on disk. */
  blobFile(maskSha256: Sha256): string {
    return join(this.storeDir, 'data/maskdesk/masks', maskSha256.slice(0, 2), `${maskSha256}.png`);
  }

  /** Behind the app's back. */
  changeDatabase(sql: string): void {
    changeDatabase(join(this.storeDir, 'maskdesk.db'), sql);
  }

  /** A broken disk: every page but the first is nonsense from now on. */
  async damageDatabase(): Promise<void> {
    this.changeDatabase('create table damaged (value); pragma wal_checkpoint(truncate)');
    const file = await open(join(this.storeDir, 'maskdesk.db'), 'r+');
    try {
      const { size } = await file.stat();
      await file.write(Buffer.alloc(size - pageBytes, 0xaa), 0, size - pageBytes, pageBytes);
    } finally {
      await file.close();
    }
  }

  async eventsFile(): Promise<Record<string, unknown>[]> {
    const text = await readFile(join(this.storeDir, 'events.jsonl'), 'utf8').catch(() => '');
    return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The path in the database and the digest of the file that lies there. */
  async stableOf(asset: AssetRef): Promise<{ path: string | null; sha256: string | null }> {
    const path = (await this.app.services.store.assets.get(asset))?.maskedLocalPath ?? null;
    return { path, sha256: path === null ? null : await this.app.blobs.sha256(this.app.blobs.keyOfPath(path)) };
  }
}

/** SQLite's own. */
const pageBytes = 4096;
const photoFacts = { localPath: 'data/images/photo.png', widthPx, heightPx };

const openApp = async (storeDir: string): Promise<App> => createApp(await loadConfig({ storeDir, create: true, reviewer: 'ana', background: false }));

const addAssets = async (app: App): Promise<void> => {
  const { catalog } = app.services.store;
  for (const jobId of ['job a', 'job b'].map((id) => asId<JobId>(id))) {
    await catalog.ensureJob({ jobId, industry: 'test' });
    await catalog.ensureVideo({ videoId: asId<VideoId>('v'), jobId, platform: 'test', url: 'test', title: null });
  }
  await catalog.ensureProduct({ productId: asId<ProductId>('p'), jobId: asId<JobId>('job a'), src: 't', asinOrItemId: 't', title: null, marketplace: 'us' });
  const photo = await app.codec.encodeMatte(widthPx, heightPx, new Uint8Array(widthPx * heightPx).fill(90));
  await app.blobs.put('data/images/photo.png', photo);
  const common = { ...photoFacts, sourceSha256: sha256Hex(photo) };
  await catalog.addAsset({ ...common, kind: 'product_image', id: image.id, productId: asId<ProductId>('p') });
  await catalog.addAsset({ ...common, kind: 'keyframe', id: frame.id, videoId: asId<VideoId>('v'), timestampS: 1.5 });
};
