import { mkdir, open, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isTemporaryName, makeFolder, sweepTemporaries, temporaryFor } from '../../base/atomicFile.ts';
import { fileError, isSystemError } from '../../base/fileError.ts';
import { sha256Hex } from '../../base/hash.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { readEntry, writeEntry, type CacheEntry } from './cacheEntry.ts';

export interface CacheFolderOptions {
  readonly folder: string;
  readonly limitBytes: number;
  /** Told once when nothing can be kept, and again after it has worked in between. */
  readonly onTrouble?: ((trouble: ExpectedError) => void) | undefined;
}

export interface CacheFolder {
  find(name: string): Promise<CacheEntry | null>;
  /** Nothing is thrown: what can't be kept is fetched again. */
  keep(name: string, entry: CacheEntry): Promise<void>;
  drop(name: string): Promise<void>;
}

/** Room is made down to this share of the limit, so that it need not be made for each file. */
const roomShare = 0.9;
/** A file above this share of the limit would drive out too much that is small and often read. */
const largestShare = 0.25;

interface Found {
  readonly path: string;
  readonly sizeBytes: number;
  readonly usedMs: number;
}

/**
 * Files by name, the ones that were used last. When that was is a file's own date, so that all processes of a machine share one folder without talking: files
 * appear whole, may vanish at any moment, and are checked whenever they are read. Nothing is synced to disk: what a power cut leaves half is no entry.
 */
export const openCacheFolder = ({ folder, limitBytes, onTrouble }: CacheFolderOptions): CacheFolder => {
  let isTroubleTold = false;
  /** Of the folder, as far as this process knows: a count at the first write, its own writes since. Null: to be counted. */
  let knownBytes: number | null = null;
  let makingRoom: Promise<void> | null = null;
  let swept: Promise<unknown> | null = null;

  const pathOf = (name: string): string => {
    const file = sha256Hex(name);
    return join(folder, file.slice(0, 2), file);
  };

  const tell = (error: unknown): void => {
    const known = error instanceof ExpectedError ? error : fileError(error, folder);
    if (!(known instanceof ExpectedError) && !isSystemError(known)) throw known;
    if (isTroubleTold) return;
    isTroubleTold = true;
    const code = known instanceof ExpectedError ? known.code : 'file_unreadable';
    onTrouble?.(new ExpectedError(code, `Files of the object store can't be kept in ${folder} and are fetched each time. ${known.message}`, { cause: error }));
  };

  const filesNow = async (): Promise<Found[]> => {
    const found: Found[] = [];
    for (const inside of await readdir(folder).catch(() => [])) {
      for (const name of await readdir(join(folder, inside)).catch(() => [])) {
        const path = join(folder, inside, name);
        const status = isTemporaryName(name) ? null : await stat(path).catch(() => null);
        if (status !== null) found.push({ path, sizeBytes: status.size, usedMs: status.mtimeMs });
      }
    }
    return found;
  };

  /** Counts anew, since others write here too, and removes what was used longest ago. */
  const makeRoom = async (): Promise<void> => {
    const files = await filesNow();
    let totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (totalBytes > limitBytes) {
      for (const { path, sizeBytes } of files.sort((a, b) => a.usedMs - b.usedMs)) {
        if (totalBytes <= limitBytes * roomShare) break;
        // Another process may have removed it, or hold it open (Windows): the next time tries again.
        await rm(path, { force: true }).catch(() => undefined);
        totalBytes -= sizeBytes;
      }
    }
    knownBytes = totalBytes;
  };

  const write = async (path: string, entry: CacheEntry): Promise<number> => {
    const temporary = temporaryFor(path);
    const parts = writeEntry(entry);
    try {
      await mkdir(dirname(path), { recursive: true });
      const handle = await open(temporary, 'wx', 0o600);
      try {
        for (const part of parts) await handle.writeFile(part);
      } finally {
        await handle.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
    return parts.reduce((sum, part) => sum + part.length, 0);
  };

  return {
    find: async (name) => {
      const path = pathOf(name);
      try {
        const entry = readEntry(await readFile(path));
        if (entry === null) {
          await rm(path, { force: true });
          return null;
        }
        const now = new Date();
        // Where dates may not be set the order of removal suffers, nothing else.
        await utimes(path, now, now).catch(() => undefined);
        return entry;
      } catch (error) {
        if (isSystemError(error)) return null;
        throw error;
      }
    },
    keep: async (name, entry) => {
      if (entry.bytes.length > limitBytes * largestShare) return;
      try {
        swept ??= makeFolder(folder).then(() => sweepTemporaries(folder, { depth: 1, onUnreadable: () => undefined }));
        await swept;
        const written = await write(pathOf(name), entry);
        isTroubleTold = false;
        if (knownBytes !== null) knownBytes += written;
        if (knownBytes === null || knownBytes > limitBytes) {
          makingRoom ??= makeRoom().finally(() => {
            makingRoom = null;
          });
          await makingRoom;
        }
      } catch (error) {
        swept = null;
        tell(error);
      }
    },
    drop: (name) => rm(pathOf(name), { force: true }).catch(tell),
  };
};
