import { open, readFile, readdir, realpath, rm, rmdir, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { copyFileAtomic, isTemporaryName, makeFolder, sweepTemporaries, syncFolder, writeFileAtomic } from '../base/atomicFile.ts';
import { copyBytes } from '../base/copyBytes.ts';
import { fileError } from '../base/fileError.ts';
import { sha256OfFile } from '../base/hash.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import { isInside, realPathOfKey } from './insideRoot.ts';
import { isOfTheDisk, openMount, unreachable } from './mount.ts';
import { createPathStyles, type PathStyle } from './pathStyle.ts';
import type { SweepScope } from './sweepScope.ts';

export interface DiskBlobOptions extends SweepScope {
  /** The data root: the folder that holds `data/`. */
  readonly root: string;
  /** Make the root when it is not there. Default true. */
  readonly create?: boolean;
  /** Default: relative paths, as the embedded store writes them. */
  readonly paths?: PathStyle;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** @throws ExpectedError permission_denied, disk_full, file_unreadable when the root can't be made or reached */
export const openDiskBlobs = async (options: DiskBlobOptions): Promise<BlobStore> => {
  const root = await resolvedRoot(options.root, options.create ?? true);

  const mount = await openMount(root);

  const reading = async <T>(key: string, read: (path: string) => Promise<T>): Promise<T> => {
    const path = await realPathOfKey(root, key);
    try {
      return await read(path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
        throw new ExpectedError('blob_missing', `The file ${key} is missing from ${root}.`, { cause: error });
      }
      throw isOfTheDisk(error) ? unreachable(root, error) : fileError(error, path);
    }
  };

  return {
    location: options.root,
    ...createPathStyles(options.root, [options.root, root], options.paths ?? { style: 'relative' }),
    put: async (key, bytes) => writeFileAtomic(await realPathOfKey(root, key), bytes),
    putFile: async (key, file) => copyFileAtomic(file, await realPathOfKey(root, key)),
    get: (key) => reading(key, async (path) => new Uint8Array(await readFile(path))),
    getFile: (key, file) =>
      reading(key, async (path) => {
        const source = await open(path, 'r');
        try {
          await copyTo(source, file);
        } finally {
          await source.close();
        }
      }),
    sha256: (key) => reading(key, sha256OfFile),
    has: async (key) => {
      const path = await realPathOfKey(root, key);
      return isFile(path);
    },
    assertReachable: () => mount.assertThere(),
    remove: async (key) => {
      const path = await realPathOfKey(root, key);
      try {
        await rm(path);
        await syncFolder(dirname(path));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw fileError(error, path);
      }
    },
    removeEmptyFolder: async (folder) => {
      const path = await realPathOfKey(root, folder.slice(0, -1));
      try {
        await rmdir(path);
      } catch (error) {
        if (!['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw fileError(error, path);
      }
    },
    list: (prefix) => listKeys(root, prefix),
    listSized: async function* (prefix) {
      for await (const key of listKeys(root, prefix)) {
        const found = await stat(join(root, key)).catch((error: unknown) => {
          // Removed since it was listed.
          if (codeOf(error) === 'ENOENT') return null;
          throw fileError(error, join(root, key));
        });
        if (found !== null) yield { key, sizeBytes: found.size };
      }
    },
    sweepTemporaries: () => sweepFolders(root, options),
    mayLandLate: false,
    getTagged: null,
    linkTo: null,
  };
};

const sweepFolders = async (root: string, { sweepFolders: folders = [{ key: '', depth: Infinity }], onUnreadable }: DiskBlobOptions): Promise<number> => {
  let removed = 0;
  for (const { key, depth } of folders) {
    try {
      const folder = key === '' ? root : await realPathOfKey(root, key);
      removed += await sweepTemporaries(folder, { depth, onUnreadable });
    } catch (error) {
      if (onUnreadable === undefined) throw error;
      onUnreadable(error);
    }
  }
  return removed;
};

const resolvedRoot = async (root: string, create: boolean): Promise<string> => {
  try {
    if (create) await makeFolder(root);
    return await realpath(root);
  } catch (error) {
    // Nothing can lie under it then, by whatever name.
    if (!create && codeOf(error) === 'ENOENT') return resolve(root);
    throw fileError(error, root);
  }
};

/** @throws ExpectedError disk_full, permission_denied, file_unreadable; what reading throws */
const copyTo = async (source: FileHandle, file: string): Promise<void> => {
  const target = await open(file, 'wx').catch((error: unknown) => Promise.reject(fileError(error, file) as Error));
  try {
    await copyBytes(source, target);
    await target.close();
  } catch (error) {
    await target.close();
    await rm(file, { force: true });
    throw codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT' ? fileError(error, file) : error;
  }
};

const isFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw fileError(error, path);
  }
};

/** Walks the folder that the prefix names. Links to files inside the root count as files; links to folders are not followed: they could run in circles. */
async function* listKeys(root: string, prefix: string): AsyncGenerator<string> {
  const folderKey = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')));
  const folder = folderKey === '' ? root : await realPathOfKey(root, folderKey);
  for await (const key of walk(root, folder, folderKey === '' ? '' : `${folderKey}/`)) {
    if (key.startsWith(prefix)) yield key;
  }
}

async function* walk(root: string, folder: string, keyPrefix: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw fileError(error, folder);
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (isTemporaryName(entry.name)) continue;
    if (entry.isDirectory()) yield* walk(root, path, `${keyPrefix}${entry.name}/`);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFileInside(root, path)))) yield keyPrefix + entry.name;
  }
}

const leadsToFileInside = async (root: string, path: string): Promise<boolean> => {
  const real = await realpath(path).catch(() => null);
  return real !== null && isInside(root, real) && isFile(real);
};
