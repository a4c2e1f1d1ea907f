import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { OpenSourceFile } from '../../shared/ports/annotationSource.ts';
import { onDisk } from './onDisk.ts';

/** All of what was asked for, unless the file ends: the system may give less at a time. */
const readAll = async (handle: FileHandle, offset: number, length: number): Promise<Uint8Array> => {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
};

/**
 * @param place for sentences
 * @throws ExpectedError file_unreadable, permission_denied
 */
export const openDiskFile = async (path: string, place: string): Promise<OpenSourceFile> => {
  // A pipe that somebody put there meanwhile would wait for a writer for ever.
  const handle = await onDisk(place, () => open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)));
  const found = await handle.stat();
  if (!found.isFile()) {
    await handle.close();
    throw new ExpectedError('file_unreadable', `${place} is not a file.`);
  }
  return {
    sizeBytes: found.size,
    read: (offset, length) => onDisk(place, () => readAll(handle, offset, Math.max(0, Math.min(length, found.size - offset)))),
    close: () => handle.close(),
  };
};

