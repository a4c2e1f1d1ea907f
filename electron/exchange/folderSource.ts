import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { lowerBound } from '../../shared/flat/lowerBound.ts';
import type { AnnotationSource, SourceFile } from '../../shared/ports/annotationSource.ts';
import { closesItsFiles } from './closesItsFiles.ts';
import { onDisk } from './onDisk.ts';
import { openDiskFile } from './openDiskFile.ts';
import { byPath, checkReadSize, checkSourcePath, defaultMaxBytes, defaultMaxFiles, isLitter, notInSource, tooManyFiles, type SourceOptions } from './sourceLimits.ts';

/** What is in it, sorted by path: an object and a text a file, since there may be a million. */
interface Listing {
  readonly files: readonly SourceFile[];
  /** Where those are that are links, by path. */
  readonly links: ReadonlyMap<string, string>;
}

/** Where a link leads. @throws ExpectedError annotations_invalid where that is outside or nowhere */
const followLink = async (root: string, path: string, location: string): Promise<string> => {
  const real = await realpath(join(root, path)).catch(() => null);
  if (real === null || !(real === root || real.startsWith(root.endsWith(sep) ? root : root + sep))) {
    throw new ExpectedError('annotations_invalid', `${location}: ${path} is a link that leads ${real === null ? 'nowhere' : 'out of the folder'}. Put the files themselves there, or remove it.`);
  }
  return real;
};

/** @param files sorted by path */
const isAmong = (files: readonly SourceFile[], path: string): boolean => files[lowerBound(files.length, (index) => (files[index] as SourceFile).path < path)]?.path === path;

/**
 * A folder with all below. Links to files inside of it count as files; links to folders inside are passed over (what they lead to is listed where it is, and they could
 * run in circles), as are pipes, sockets and devices.
 * @throws ExpectedError file_unreadable, permission_denied
 */
export const openFolderSource = async (folder: string, { maxFiles = defaultMaxFiles }: SourceOptions = {}): Promise<AnnotationSource> => {
  const root = await onDisk(folder, () => realpath(folder));
  const list = async (): Promise<Listing> => {
    const found: SourceFile[] = [];
    const links = new Map<string, string>();
    const walk = async (below: string): Promise<void> => {
      for (const entry of await onDisk(join(folder, below), () => readdir(join(root, below), { withFileTypes: true }))) {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        if (isLitter(entry.isDirectory() ? `${path}/` : path)) continue;
        if (entry.isDirectory()) {
          await walk(path);
          continue;
        }
        if (!entry.isFile() && !entry.isSymbolicLink()) continue;
        const real = entry.isSymbolicLink() ? await followLink(root, path, folder) : join(root, path);
        const facts = await onDisk(join(folder, path), () => lstat(real));
        if (!facts.isFile()) continue;
        found.push({ path: checkSourcePath(path, folder), sizeBytes: facts.size });
        if (entry.isSymbolicLink()) links.set(path, real);
        if (found.length > maxFiles) throw tooManyFiles(folder, maxFiles);
      }
    };
    await walk('');
    return { files: found.sort(byPath), links };
  };
  let listed: Promise<Listing> | null = null;
  const listing = (): Promise<Listing> => (listed ??= list());
  /** Where a file is. Only what is listed can be read: so no path leads out. */
  const find = async (path: string): Promise<string> => {
    const { files, links } = await listing();
    if (!isAmong(files, path)) throw notInSource(path, folder);
    return links.get(path) ?? join(root, path);
  };
  return closesItsFiles({
    location: folder,
    name: basename(root) || 'folder',
    files: async () => (await listing()).files,
    read: async (path, maxBytes = defaultMaxBytes) => {
      const file = await openDiskFile(await find(path), join(folder, path));
      try {
        // As it is now: it may have grown since it was listed.
        checkReadSize(path, file.sizeBytes, maxBytes, folder);
        return await file.read(0, file.sizeBytes);
      } finally {
        await file.close();
      }
    },
    open: async (path) => openDiskFile(await find(path), join(folder, path)),
    close: async () => undefined,
  });
};
