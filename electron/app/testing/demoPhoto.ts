import { join } from 'node:path';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { makeDemoStore, readTruth, readTruthIndex } from '../../demo/index.ts';
import type { App } from '../createApp.ts';
import { writeDemoSubset } from './demoSubset.ts';

/** Puts one picture of the demo into an empty store. @returns its file and its true mask */
export const fillWithDemoPhoto = async ({ services: { store }, blobs, codec, config: { storeDir } }: App, asset: AssetRef, cacheDir: string): Promise<{ readonly photo: Uint8Array; readonly truth: Bitmap }> => {
  const recipeFile = join(storeDir, 'recipe.json');
  await writeDemoSubset(recipeFile, new Set([asset.id]));
  await makeDemoStore({ storeDir, cacheDir, recipeFile, registryFile: join(storeDir, 'none.json'), store, blobs, codec });
  const [entry] = await readTruthIndex(storeDir);
  const row = present(await store.assets.get(asset), asset.id);
  return { photo: await blobs.get(blobs.keyOfPath(row.localPath)), truth: await readTruth(storeDir, present(entry, 'a true mask'), codec) };
};
