import SqliteDatabase from 'better-sqlite3';
import { fileError } from '../../base/fileError.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';

const codeOf = (error: unknown): string => (error instanceof SqliteDatabase.SqliteError ? error.code : '');

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

export const lockedError = (file: string, cause: unknown): ExpectedError =>
  new ExpectedError('store_locked', `Another program keeps ${file} locked. Close it, or wait until it has finished, and try again.`, { cause });

export const corruptError = (file: string, cause?: unknown): ExpectedError =>
  new ExpectedError(
    'store_corrupt',
    `${file} is damaged or not a database. It was left as it is; copies from before each upgrade are in the folder backups beside it.`,
    { cause },
  );

/** What SQLite says of the outside world as an expected error with a sentence; our own mistakes (bad SQL, constraints) come back as they were. */
export const sqliteError = (error: unknown, file: string): unknown => {
  const code = codeOf(error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return lockedError(file, error);
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return corruptError(file, error);
  if (/^SQLITE_FULL/.test(code)) {
    return new ExpectedError('disk_full', `The disk is full: ${file} could not be written. Free some space and try again.`, { cause: error });
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(code)) {
    return new ExpectedError('permission_denied', `${file} can't be opened or written. Check its permissions and those of its folder.`, {
      cause: error,
    });
  }
  if (/^SQLITE_IOERR/.test(code)) {
    return new ExpectedError('file_unreadable', `The disk reported an error while reading or writing ${file}.`, { cause: error });
  }
  return fileError(error, file);
};
