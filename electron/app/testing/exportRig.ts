import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportProgress } from '../../../shared/contracts/rpc/exports.ts';
import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { maskBlobKey, matteBlobKey } from '../../../shared/domain/blobKeys.ts';
import { asId, type AssetId, type JobId, type ProductId, type RevisionId, type VideoId } from '../../../shared/domain/ids.ts';
import type { Snapshot } from '../../../shared/domain/maskSet.ts';
import { areaPx, emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { sha256Hex } from '../../base/hash.ts';
import { systemClock } from '../../base/systemClock.ts';
import { exportFormats, importFormats } from '../../formats/index.ts';
import type { ExportRequest, ExportService } from '../../services/export/exportRequest.ts';
import { createExportService, type ExportParts } from '../../services/export/exportService.ts';
import { createApp, type App } from '../createApp.ts';
import { loadConfig } from '../config.ts';
import { openExchange } from '../openExchange.ts';

export interface RigMask {
  readonly id: string;
  readonly mask: Bitmap;
  /** Default: a product of its own. */
  readonly productId?: string;
  /** A keyframe of this video instead. */
  readonly videoId?: string;
  /** Default: a grey PNG of the mask's size. */
  readonly photo?: Uint8Array;
  readonly matte?: Uint8Array;
  /** Below `data/images`. */
  readonly path?: string;
}

export interface RigLink {
  readonly productId: string;
  readonly videoId: string;
  /** Of the product and of the video. */
  readonly image: string;
  readonly frame: string;
}

export const fullMask = (widthPx: number, heightPx: number): Bitmap => ({ ...emptyBitmap(widthPx, heightPx), data: new Uint8Array(widthPx * heightPx).fill(255) });

/** A box with a hole, an island and a single pixel, different for each number. */
export const oddMask = (number: number, widthPx = 24 + (number % 5), heightPx = 17 + (number % 3)): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  const fill = (left: number, top: number, right: number, bottom: number, value: number): void => {
    for (let y = top; y < bottom; y++) mask.data.fill(value, y * widthPx + left, y * widthPx + right);
  };
  fill(2, 2, 12 + (number % 7), 12, 255);
  fill(5, 4, 8, 8, 0);
  fill(6, 5, 7, 6, 255);
  mask.data[widthPx * heightPx - 1 - (number % 4)] = 255;
  return mask;
};

const job = asId<JobId>('job');

const addMask = async ({ services: { store }, blobs, codec }: App, { id, mask, productId = `product of ${id}`, videoId, photo, matte, path }: RigMask): Promise<void> => {
  const { widthPx, heightPx } = mask;
  const bytes = photo ?? (await codec.encodeMatte(widthPx, heightPx, new Uint8Array(widthPx * heightPx).fill(120)));
  const localPath = `data/images/${path ?? `${sha256Hex(id)}.png`}`;
  await blobs.put(localPath, bytes);
  const common = { id: asId<AssetId>(id), localPath, widthPx, heightPx, sourceSha256: sha256Hex(bytes) };
  if (videoId === undefined) {
    await store.catalog.ensureProduct({ productId: asId<ProductId>(productId), jobId: job, src: 't', asinOrItemId: productId, title: `Title of ${productId}`, marketplace: 'us' });
    await store.catalog.addAsset({ ...common, kind: 'product_image', productId: asId<ProductId>(productId) });
  } else {
    await store.catalog.ensureVideo({ videoId: asId<VideoId>(videoId), jobId: job, platform: 't', url: videoId, title: null });
    await store.catalog.addAsset({ ...common, kind: 'keyframe', videoId: asId<VideoId>(videoId), timestampS: Number.parseInt(sha256Hex(id).slice(0, 6), 16) / 1000 });
  }
  const png = await codec.encodeMask(mask);
  await blobs.put(maskBlobKey(sha256Hex(png)), png);
  const mattePng = matte === undefined ? null : await codec.encodeMatte(widthPx, heightPx, matte);
  if (mattePng !== null) await blobs.put(matteBlobKey(sha256Hex(mattePng)), mattePng);
  await store.revisions.addCandidate({
    revisionId: asId<RevisionId>(randomUUID()),
    asset: { kind: videoId === undefined ? 'product_image' : 'keyframe', id: asId(id) },
    parentId: null,
    maskSha256: sha256Hex(png),
    matteSha256: mattePng === null ? null : sha256Hex(mattePng),
    widthPx,
    heightPx,
    areaPx: areaPx(mask),
    origin: 'model',
    author: 'm',
    model: { modelId: asId('m'), weightsSha256: sha256Hex('m'), threshold: 0.5, executionProvider: 'cpu', inferenceMs: 1, confidence: 0.5 },
    prompts: null,
  });
};

/** A store with masks in a frozen set, opened as the command line does. */
export class ExportRig {
  readonly folder: string;
  readonly storeDir: string;
  app: App;
  snapshot!: Snapshot;

  private constructor(folder: string, app: App) {
    this.folder = folder;
    this.storeDir = join(folder, 'store');
    this.app = app;
  }

  static async make(masks: readonly RigMask[], links: readonly RigLink[] = []): Promise<ExportRig> {
    const folder = await mkdtemp(join(tmpdir(), 'maskdesk-export-'));
    const rig = new ExportRig(folder, await openApp(join(folder, 'store')));
    const { catalog } = rig.app.services.store;
    await catalog.ensureJob({ jobId: job, industry: 'test' });
    for (const mask of masks) await addMask(rig.app, mask);
    for (const [index, { productId, videoId, image, frame }] of links.entries()) {
      await catalog.addMatch({ matchId: `match ${index}`, jobId: job, productId: asId(productId), videoId: asId(videoId), bestImageId: asId(image), bestFrameId: asId(frame), timestampS: 1, score: 1 });
    }
    rig.snapshot = await rig.freeze('tried');
    return rig;
  }

  async freeze(name: string, filter: AssetFilter = {}): Promise<Snapshot> {
    const { sets } = this.app.services.store;
    const set = await sets.save({ setId: asId(randomUUID()), name, filter: { states: ['to_review', 'approved'], ...filter }, createdBy: 'ana' });
    return sets.freeze(set.setId, { snapshotId: asId(randomUUID()), createdBy: 'ana' });
  }

  /** Of all folders and files of the store. */
  async setModes(folders: number, files: number): Promise<void> {
    await chmod(this.storeDir, 0o755);
    for (const entry of await readdir(this.storeDir, { recursive: true, withFileTypes: true })) await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? folders : files);
    await chmod(this.storeDir, folders);
  }

  async reopen(): Promise<void> {
    await this.app.close();
    this.app = await openApp(this.storeDir);
  }

  request(out: string, given: Partial<ExportRequest> = {}): ExportRequest {
    const path = join(this.folder, out);
    return {
      snapshotId: this.snapshot.snapshotId,
      format: 'mask-png',
      options: {},
      withPhotos: false,
      split: null,
      categories: { kind: 'one', name: 'product' },
      names: 'ids',
      target: { kind: out.endsWith('.zip') ? 'zip' : 'folder', path },
      verify: true,
      overwrite: false,
      restart: false,
      ...given,
    };
  }

  /** To its end. */
  async export(out: string, given: Partial<ExportRequest> = {}, signal?: AbortSignal): Promise<ExportProgress[]> {
    const steps: ExportProgress[] = [];
    for await (const step of this.app.services.exports.run(this.request(out, given), signal)) steps.push(step);
    return steps;
  }

  async dispose(): Promise<void> {
    await this.app.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const openApp = async (storeDir: string): Promise<App> => createApp(await loadConfig({ storeDir, create: true, reviewer: 'ana', background: false }));

export const finishedOf = (steps: readonly ExportProgress[]): Extract<ExportProgress, { kind: 'finished' }> => {
  const last = steps.at(-1);
  if (last?.kind !== 'finished') throw new Error(`the export did not finish: ${JSON.stringify(last)}`);
  return last;
};

/** Digest of each file of a folder (or of one file), by path. */
export const digestsOf = async (place: string): Promise<Record<string, string>> => {
  const names = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => null);
  if (names === null) return { '': sha256Hex(await readFile(place)) };
  const files = names.filter((entry) => entry.isFile() && entry.name !== '.maskdesk-files').map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file.slice(place.length + 1), sha256Hex(await readFile(file))] as const)));
};

/** The engine of the rig's store with something else in one of its places. */
export const exportServiceOf = ({ app, storeDir }: Pick<ExportRig, 'app' | 'storeDir'>, given: Partial<ExportParts> = {}): ExportService =>
  createExportService({
    sets: app.services.store.sets,
    blobs: app.blobs,
    codec: app.codec,
    orientation: 'exif',
    exchange: openExchange(app.config),
    formats: exportFormats,
    importFormats,
    maxPixels: 100e6,
    concurrency: 3,
    audit: app.services.store.audit,
    clock: systemClock,
    reviewer: () => 'ana',
    recordsFolder: join(storeDir, 'exports'),
    licenceNote: null,
    tool: 'Maskdesk 0.1.0',
    ...given,
  });
