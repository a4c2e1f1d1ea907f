import { join } from 'node:path';
import type { ImportProgress } from '../../shared/contracts/rpc/imports.ts';
import { ExpectedError, isCancelled } from '../../shared/errors/errors.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import { makeDemoStore, readRecipe, type DemoProgress } from '../demo/index.ts';
import type { AppEvents } from '../services/appEvents.ts';
import { appFolder } from './appFolder.ts';

export interface FillDemoParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly codec: ImageCodec;
  readonly events: AppEvents;
  readonly storeDir: string;
  readonly cacheDir: string;
}

const progressOf = (step: DemoProgress): ImportProgress =>
  step.kind === 'picture'
    ? { kind: 'progress', done: step.done, total: step.total, file: step.id }
    : { kind: 'progress', done: 0, total: 0, file: `${step.package}: ${Math.round(step.receivedBytes / 1e6)} MB` };

/**
 * Makes the demo in an open store and tells it as an import. Someone's own pictures are never mixed with it.
 * @throws ExpectedError invalid_input, offline, download_failed, disk_full, permission_denied
 */
export async function* fillDemo({ events, ...parts }: FillDemoParts, signal?: AbortSignal): AsyncGenerator<ImportProgress, void, void> {
  const { store } = parts;
  const recipeFile = join(appFolder(), 'resources', 'demo', 'recipe.json');
  const { jobId } = await readRecipe(recipeFile);
  // Every picture is of a job; an interrupted demo is completed.
  if ((await store.catalog.jobs()).some((id) => id !== jobId)) {
    throw new ExpectedError('invalid_input', 'This store holds pictures of its own. The demo is made in a store of its own.');
  }
  const told: ImportProgress[] = [];
  let wake = (): void => undefined;
  let ended: { readonly error: unknown } | 'made' | null = null;
  makeDemoStore({
    ...parts,
    recipeFile,
    registryFile: join(appFolder(), 'resources', 'registry.json'),
    signal,
    onProgress: (step) => {
      told.push(progressOf(step));
      wake();
    },
  }).then(
    () => {
      ended = 'made';
      wake();
    },
    (error: unknown) => {
      ended = { error };
      wake();
    },
  );
  let done = 0;
  for (;;) {
    for (let step = told.shift(); step !== undefined; step = told.shift()) {
      if (step.kind === 'progress') done = step.done;
      yield step;
    }
    const outcome = ended as { readonly error: unknown } | 'made' | null;
    if (outcome !== null) {
      events.assetsChanged([]);
      if (outcome !== 'made' && !isCancelled(outcome.error)) throw outcome.error;
      yield { kind: 'finished', added: done, existing: 0, failed: [], cancelled: outcome !== 'made' };
      return;
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
