import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../shared/ports/annotationSource.ts';
import { closesItsFiles } from './closesItsFiles.ts';
import { onDisk } from './onDisk.ts';
import { openDiskFile } from './openDiskFile.ts';
import { checkReadSize, defaultMaxBytes, notInSource } from './sourceLimits.ts';

/** One document, such as an `instances.json` that somebody sent. @throws ExpectedError file_unreadable, permission_denied */
export const openFileSource = async (file: string): Promise<AnnotationSource> => {
  const real = await onDisk(file, () => realpath(file));
  const facts = await onDisk(file, () => stat(real));
  if (!facts.isFile()) throw new ExpectedError('file_unreadable', `${file} is neither a file nor a folder.`);
  const name = basename(file);
  const open: AnnotationSource['open'] = async (path) => {
    if (path !== name) throw notInSource(path, dirname(file));
    return openDiskFile(real, file);
  };
  return closesItsFiles({
    location: file,
    name,
    files: async () => [{ path: name, sizeBytes: facts.size }],
    read: async (path, maxBytes = defaultMaxBytes) => {
      const opened = await open(path);
      try {
        checkReadSize(path, opened.sizeBytes, maxBytes, dirname(file));
        return await opened.read(0, opened.sizeBytes);
      } finally {
        await opened.close();
      }
    },
    open,
    close: async () => undefined,
  });
};
