import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { OpenSourceFile } from '../../shared/ports/annotationSource.ts';
import { onDisk } from './onDisk.ts';
import { openDiskFile } from './openDiskFile.ts';

/**
 * A file without a name: it is removed as soon as it is filled and open, so that not even a kill leaves it behind.
 * @param fill gets a path that nothing is at
 * @throws what fill throws; ExpectedError disk_full, permission_denied
 */
export const openTempFile = async (tempFolder: string | undefined, place: string, fill: (path: string) => Promise<void>): Promise<OpenSourceFile> => {
  const parent = tempFolder ?? tmpdir();
  const folder = await onDisk(parent, () => mkdtemp(join(parent, 'maskdesk-unpacked-')));
  try {
    const path = join(folder, 'file');
    await fill(path);
    return await openDiskFile(path, place);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** @throws what the stream throws; ExpectedError disk_full */
export const fillFrom =
  (stream: Readable) =>
  (path: string): Promise<void> =>
    onDisk(path, () => pipeline(stream, createWriteStream(path, { flags: 'wx' })));
