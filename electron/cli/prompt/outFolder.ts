import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, temporaryFor } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';
import { ExpectedError, isExpected, sentenceOf } from '../../../shared/errors/errors.ts';

/**
 * Makes the folder for the answers and tries whether it takes a file: before the first photo is encoded, not after.
 * @throws ExpectedError disk_full, permission_denied, file_unreadable
 */
export const openOutFolder = async (folder: string): Promise<void> => {
  const trial = temporaryFor(join(folder, 'trial'));
  try {
    await makeFolder(folder);
    await (await open(trial, 'wx')).close();
    await rm(trial);
  } catch (error) {
    const known = fileError(error, folder);
    if (!isExpected(known)) throw new ExpectedError('file_unreadable', `No masks can be written to ${folder}: ${sentenceOf(error)}`, { cause: error });
    const isNowhere = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ExpectedError(known.code, isNowhere ? `The folder ${folder} can't be made there.` : `No masks can be written: ${known.message}`, { cause: error });
  }
};
