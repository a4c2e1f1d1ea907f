import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fillWithDemo } from '../../electron/app/demo.ts';
import type { App } from '../../electron/app/createApp.ts';
import { readTruth, readTruthIndex } from '../../electron/demo/truth.ts';
import { relativesIn, familyOf } from '../../electron/services/checks/family.ts';
import { assetKey } from '../../shared/domain/asset.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';

/** A photo whose true mask is known. */
export interface Picture {
  readonly id: string;
  readonly photo: Uint8Array;
  readonly truth: Bitmap;
  /** Ids of those that its area is compared with. */
  readonly relatives: readonly string[];
}

/** The demo's pictures; the store is made where it is not finished. */
export const demoPictures = async (app: App): Promise<readonly Picture[]> => {
  await fillWithDemo(app);
  const { store } = app.services;
  const pictures: Picture[] = [];
  for (const entry of await readTruthIndex(app.config.storeDir)) {
    const { assets } = await store.assets.list({ filter: { kind: entry.kind, text: entry.id }, limit: 100 });
    const asset = assets.find(({ id }) => id === entry.id);
    if (asset === undefined) throw new Error(`${entry.id} has a true mask and is not in the store`);
    pictures.push({
      id: assetKey(asset),
      photo: await app.blobs.get(app.blobs.keyOfPath(asset.localPath)),
      truth: await readTruth(app.config.storeDir, entry, app.codec),
      relatives: relativesIn(await familyOf(store, asset), asset).map(assetKey),
    });
  }
  return pictures;
};

const setSchema = z.array(z.object({ id: z.string(), image: z.string(), mask: z.string() }));

/** A folder with `testset.json`, `images/` and `masks/`: objects of one photo are one mask. */
export const picturesOfSet = async (folder: string, codec: ImageCodec): Promise<readonly Picture[]> => {
  const entries = setSchema.parse(JSON.parse(await readFile(join(folder, 'testset.json'), 'utf8')));
  const pictures = new Map<string, Picture>();
  for (const { image, mask } of entries) {
    const truth = await codec.decodeMask(await readFile(join(folder, 'masks', mask)));
    const known = pictures.get(image);
    if (known === undefined) pictures.set(image, { id: image, photo: await readFile(join(folder, 'images', image)), truth, relatives: [] });
    else for (let at = 0; at < truth.data.length; at++) if (truth.data[at] === 255) known.truth.data[at] = 255;
  }
  return [...pictures.values()];
};
