import { ExpectedError } from '../../shared/errors/errors.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';

const sentences: Readonly<Record<string, readonly [ErrorCode, (path: string) => string]>> = {
  ENOSPC: ['disk_full', (path) => `The disk is full: ${path} could not be written. Free some space and try again.`],
  EDQUOT: ['disk_full', (path) => `Your disk quota is used up: ${path} could not be written.`],
  EACCES: ['permission_denied', (path) => `No permission for ${path}. Check who owns it.`],
  EPERM: ['permission_denied', (path) => `No permission for ${path}. Check who owns it.`],
  EROFS: ['permission_denied', (path) => `${path} is on a read-only disk.`],
  ENOENT: ['file_unreadable', (path) => `${path} is not there.`],
  EISDIR: ['file_unreadable', (path) => `${path} is a folder, not a file.`],
  ENOTDIR: ['file_unreadable', (path) => `A part of ${path} is a file, not a folder.`],
  ENAMETOOLONG: ['file_unreadable', (path) => `The name ${path} is too long for this disk.`],
  ELOOP: ['file_unreadable', (path) => `The links at ${path} lead in a circle.`],
  EFBIG: ['disk_full', (path) => `${path} is larger than its disk lets a file be (4 GiB on sticks in the FAT format). Choose another disk.`],
  EBUSY: ['permission_denied', (path) => `${path} is in use by the system or another program, and can't be moved or replaced.`],
  EXDEV: ['permission_denied', (path) => `${path} is a disk of its own, and can't be moved or replaced. Choose a folder in it.`],
  ENODEV: ['file_unreadable', (path) => `The disk of ${path} is gone. Is it still plugged in?`],
  ENXIO: ['file_unreadable', (path) => `The disk of ${path} is gone. Is it still plugged in?`],
  ESTALE: ['file_unreadable', (path) => `The network folder of ${path} is not what it was before. Mount it anew.`],
  EIO: ['file_unreadable', (path) => `The disk reported an error while reading or writing ${path}.`],
};

/** A file system error as an expected one with a sentence; anything else comes back as it was. */
export const fileError = (error: unknown, path: string): unknown => {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const known = code === undefined ? undefined : sentences[code];
  return known === undefined ? error : new ExpectedError(known[0], known[1](path), { cause: error });
};

/** What the operating system says, known to the table above or not; unlike a mistake of ours. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && /^E[A-Z0-9]+$/.test(String((error as NodeJS.ErrnoException).code));
