import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { copyBytes } from './copyBytes.ts';
import { fileError } from './fileError.ts';

/** Temporary files carry the writer's pid, so that a sweep can tell a dead writer's from a live one's. */
const temporaryPattern = /\.maskdesk-(\d+)-[0-9a-f-]{36}\.tmp$/;

/** A name beside the file that sweepTemporaries recognises. */
export const temporaryFor = (path: string): string => `${path}.maskdesk-${process.pid}-${randomUUID()}.tmp`;

/** Makes a folder entry durable. Windows can't open folders for that and does not need it. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** What keeps it from being looked at is told when a folder is made there. */
const kindOf = (path: string): Promise<'folder' | 'other' | 'none'> =>
  stat(path).then(
    (found) => (found.isDirectory() ? 'folder' : 'other'),
    () => 'none',
  );

/**
 * mkdir -p whose new entries survive a power cut. Parent by parent: Node's own recursive way never ends where a parent is there and takes no folder,
 * as /proc.
 */
export const makeFolder = async (folder: string): Promise<void> => {
  const path = resolve(folder);
  if ((await kindOf(path)) === 'folder') return;
  const parent = dirname(path);
  if (parent !== path && (await kindOf(parent)) === 'none') await makeFolder(parent);
  try {
    await mkdir(path);
  } catch (error) {
    // Somebody else has just made it.
    if ((await kindOf(path)) === 'folder') return;
    throw error;
  }
  await syncFolder(parent);
};

/**
 * Replaces a file so that readers see the old bytes or the new ones, and the new ones survive a power cut: write beside it, fsync,
 * rename, fsync the folder.
 * @throws ExpectedError disk_full, permission_denied
 */
export const writeFileAtomic = (path: string, bytes: Uint8Array | string): Promise<void> => replaceAtomically(path, (handle) => handle.writeFile(bytes));

/** As {@link writeFileAtomic}, with the bytes of another file, however large. @throws ExpectedError file_unreadable where that one is not there */
export const copyFileAtomic = async (from: string, path: string): Promise<void> => {
  const source = await open(from, 'r').catch((error: unknown) => Promise.reject(fileError(error, from) as Error));
  try {
    await replaceAtomically(path, (handle) => copyBytes(source, handle));
  } finally {
    await source.close();
  }
};

const replaceAtomically = async (path: string, fill: (handle: FileHandle) => Promise<void>): Promise<void> => {
  const temporary = temporaryFor(path);
  try {
    await makeFolder(dirname(path));
    const handle: FileHandle = await open(temporary, 'wx');
    try {
      await fill(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(error, path);
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

export const isTemporaryName = (name: string): boolean => temporaryPattern.test(name);

export interface SweepOptions {
  /** How many folders deep below the first. Default: all. */
  readonly depth?: number;
  /** Told of what can not be read or removed, which is then passed over. Default: it is thrown. */
  readonly onUnreadable?: ((error: unknown) => void) | undefined;
}

/**
 * Removes what killed writers left in a folder and below; returns how many files. A file of this very process is one in use. Links are not
 * followed; a folder that is not there is empty.
 */
export const sweepTemporaries = async (folder: string, options: SweepOptions = {}): Promise<number> => {
  const { depth = Infinity } = options;
  const failed = (error: unknown, path: string): void => {
    const known = fileError(error, path);
    if (options.onUnreadable === undefined) throw known;
    options.onUnreadable(known);
  };
  let removed = 0;
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') failed(error, folder);
    return [];
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) removed += await sweepTemporaries(path, { ...options, depth: depth - 1 });
    const pid = temporaryPattern.exec(entry.name)?.[1];
    if (pid === undefined || !entry.isFile() || isAlive(Number(pid))) continue;
    try {
      await rm(path, { force: true });
      removed++;
    } catch (error) {
      failed(error, path);
    }
  }
  return removed;
};
