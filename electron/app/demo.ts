import { join } from 'node:path';
import { makeDemoStore, type DemoProgress } from '../demo/index.ts';
import { appFolder } from './appFolder.ts';
import type { App } from './createApp.ts';

export type { DemoProgress } from '../demo/index.ts';
export { makeContactSheet, type ContactSheetRow } from '../imaging/index.ts';

/** Fills the open store with the demo, or leaves a finished one as it is. Throws as makeDemoStore does. */
export const fillWithDemo = (
  { services, blobs, codec, config }: App,
  options: { readonly onProgress?: (progress: DemoProgress) => void; readonly signal?: AbortSignal } = {},
): ReturnType<typeof makeDemoStore> =>
  makeDemoStore({
    storeDir: config.storeDir,
    cacheDir: config.cacheDir,
    recipeFile: join(appFolder(), 'resources', 'demo', 'recipe.json'),
    registryFile: join(appFolder(), 'resources', 'registry.json'),
    store: services.store,
    blobs,
    codec,
    ...options,
  });
