import { open, readFile, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { AnnotationSource, OpenSourceFile, SourceFile } from '../../shared/ports/annotationSource.ts';
import { fileError } from '../base/fileError.ts';

const defaultMaxBytes = 512 * 2 ** 20;

/** Links are not followed: they could lead anywhere. */
const listFiles = async (root: string, below: string, found: SourceFile[]): Promise<void> => {
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await listFiles(root, path, found);
    else if (entry.isFile()) found.push({ path, sizeBytes: (await stat(join(root, path))).size });
  }
};

/** @throws ExpectedError file_unreadable, permission_denied */
export const openFolderSource = async (folder: string): Promise<AnnotationSource> => {
  const root = await realpath(folder).catch((error: unknown) => {
    throw fileError(error, folder);
  });
  let listed: Promise<readonly SourceFile[]> | null = null;
  const list = async (): Promise<readonly SourceFile[]> => {
    const found: SourceFile[] = [];
    await listFiles(root, '', found);
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  };
  const files = (): Promise<readonly SourceFile[]> => (listed ??= list());
  /** Only what is listed can be read: so no path leads out. */
  const find = async (path: string): Promise<SourceFile> => {
    const file = (await files()).find((candidate) => candidate.path === path);
    if (file === undefined) throw new ExpectedError('file_unreadable', `${path} is not in ${folder}.`);
    return file;
  };
  return {
    location: folder,
    name: basename(root) || 'folder',
    files,
    read: async (path, maxBytes = defaultMaxBytes) => {
      const { sizeBytes } = await find(path);
      if (sizeBytes > maxBytes) throw new ExpectedError('annotations_invalid', `${path} has ${sizeBytes} bytes, more than the ${maxBytes} that are read at once.`);
      return readFile(join(root, path)).catch((error: unknown) => {
        throw fileError(error, path);
      });
    },
    open: async (path): Promise<OpenSourceFile> => {
      const { sizeBytes } = await find(path);
      const handle = await open(join(root, path), 'r').catch((error: unknown) => {
        throw fileError(error, path);
      });
      return {
        sizeBytes,
        read: async (offset, length) => {
          const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - offset)));
          const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
          return bytes.subarray(0, bytesRead);
        },
        close: () => handle.close(),
      };
    },
    close: async () => undefined,
  };
};
