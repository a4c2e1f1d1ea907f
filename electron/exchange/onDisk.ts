import { stat } from 'node:fs/promises';
import { fileError } from '../base/fileError.ts';

/** Errors of the file system with the path and what to do. @throws ExpectedError disk_full, permission_denied, file_unreadable */
export const onDisk = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw fileError(error, path);
  }
};

/** @throws ExpectedError permission_denied where that can't be told */
export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw fileError(error, path);
    },
  );
