import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../electron/app/config.ts';
import { createApp, type App } from '../../electron/app/createApp.ts';
import { sha256Hex } from '../../electron/base/hash.ts';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import { asId, type RevisionId } from '../../shared/domain/ids.ts';
import type { Asset } from '../../shared/domain/asset.ts';
import { areaPx, emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { writePhotos } from '../segmentation/photos.ts';

export interface PhotoStore {
  readonly storeDir: string;
  /** Newest first. */
  readonly assetIds: readonly string[];
  remove(): Promise<void>;
}

export interface PhotoStoreOptions {
  readonly photos: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly seed?: number;
  /** Of each photo; default: an object with a bay and a hole. */
  readonly maskOf?: (widthPx: number, heightPx: number) => Bitmap;
  /** Makes the store and puts other things into it, before the photos. */
  readonly fill?: (storeDir: string) => Promise<void>;
}

/** An object in the middle with a bay and a hole: a mask with curved borders through many tiles. */
const objectMask = (widthPx: number, heightPx: number): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  for (let y = 0; y < heightPx; y++) {
    const v = (y / heightPx - 0.5) / 0.36;
    for (let x = 0; x < widthPx; x++) {
      const u = (x / widthPx - 0.5) / 0.32;
      const inside = u * u + v * v + 0.06 * Math.sin(9 * u) * Math.cos(7 * v) < 1 && (u - 0.3) ** 2 + v * v > 0.04;
      if (inside) mask.data[y * widthPx + x] = 255;
    }
  }
  return mask;
};

const addMask = async (app: App, asset: Asset, mask: Bitmap, png: Uint8Array): Promise<void> => {
  const { blobs } = app;
  const { store } = app.services;
  const maskSha256 = sha256Hex(png);
  if (!(await blobs.has(maskBlobKey(maskSha256)))) await blobs.put(maskBlobKey(maskSha256), png);
  await store.revisions.addCandidate({
    revisionId: asId<RevisionId>(crypto.randomUUID()),
    asset,
    parentId: null,
    maskSha256,
    matteSha256: null,
    widthPx: mask.widthPx,
    heightPx: mask.heightPx,
    areaPx: areaPx(mask),
    origin: 'model',
    author: 'bench',
    model: null,
    prompts: null,
  });
};

/** A store of photos of one size, each with a mask to review; a temporary folder. */
export const makePhotoStore = async ({ photos, widthPx, heightPx, seed = 5, maskOf = objectMask, fill }: PhotoStoreOptions): Promise<PhotoStore> => {
  const root = await mkdtemp(join(tmpdir(), 'maskdesk-bench-store-'));
  const folder = join(root, 'photos');
  const storeDir = join(root, 'store');
  await writePhotos(folder, photos, widthPx, heightPx, seed);
  await fill?.(storeDir);
  const app = await createApp({ ...(await loadConfig({ storeDir, create: true })), background: false });
  try {
    for await (const step of app.services.imports.run({ folder, kind: 'products' })) {
      if (step.kind === 'finished' && step.failed.length > 0) throw new Error(`${step.failed.length} photos could not be imported`);
    }
    const mask = maskOf(widthPx, heightPx);
    const png = await app.codec.encodeMask(mask);
    const { assets } = await app.services.store.assets.list({ limit: 500, cursor: null, filter: { text: `photo-${seed}-` } });
    for (const asset of assets) await addMask(app, asset, mask, png);
    // In the window they would compete with what is measured, and put the queue into another order.
    await app.services.checks.complete(assets);
    return { storeDir, assetIds: assets.map(({ id }) => id), remove: () => rm(root, { recursive: true, force: true }) };
  } finally {
    await app.close();
  }
};
