import { open, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { fileError } from '../../base/fileError.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { schemaVersion } from './migrations/index.ts';
import { corruptError, sqliteError } from './sqliteError.ts';
import { busyTimeoutMs } from './writeLock.ts';

export const defaultDatabaseName = 'maskdesk.db';

/** The file that the configuration names (a store that the pipeline made), else `maskdesk.db`. */
export const databaseFileOf = (storeDir: string, named: string = defaultDatabaseName): string => (isAbsolute(named) ? named : join(storeDir, named));

/** Version of Maskdesk's schema in an open database; 0 where Maskdesk has never been. */
export const versionIn = (database: Database): number => {
  const table = database.prepare(`select 1 from sqlite_master where type = 'table' and name = 'maskdesk_migrations'`).get();
  if (table === undefined) return 0;
  const row = database.prepare('select max(version) as version from maskdesk_migrations').get() as { version: number | null };
  return row.version ?? 0;
};

export const isEmptyDatabase = (database: Database): boolean => database.prepare('select 1 from sqlite_master limit 1').get() === undefined;

/** @throws ExpectedError store_newer */
export const refuseNewer = (version: number, file: string): void => {
  if (version <= schemaVersion) return;
  throw new ExpectedError(
    'store_newer',
    `${file} was made by a newer Maskdesk (its schema is version ${version}, this one knows ${schemaVersion}). Update Maskdesk to open it; nothing was changed.`,
    { details: { version, known: schemaVersion } },
  );
};

const magic = Buffer.from('SQLite format 3\0', 'latin1');

/** First bytes of a file: empty files are databases that nothing was written to yet. */
export const looksLikeDatabase = async (file: string): Promise<boolean> => {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(magic.length), 0, magic.length, 0);
    return bytesRead === 0 || (bytesRead === magic.length && buffer.equals(magic));
  } finally {
    await handle.close();
  }
};

/**
 * Looks at a file before anything is changed in it: must be a database that this version can read. Leaves it byte for byte as it was, and
 * no -wal or -shm beside it: a read-only connection would leave those, so one that may write but does not is used where no -wal is there.
 * @throws ExpectedError store_corrupt, store_newer, permission_denied
 */
export const inspect = async (file: string): Promise<{ readonly version: number }> => {
  let database: Database | undefined;
  try {
    if (!(await looksLikeDatabase(file))) throw corruptError(file);
    const walSize = await stat(`${file}-wal`).then((found) => found.size).catch(() => 0);
    database = openForInspection(file, walSize > 0);
    const version = versionIn(database);
    refuseNewer(version, file);
    return { version };
  } catch (error) {
    throw sqliteError(fileError(error, file), file);
  } finally {
    database?.close();
  }
};

const openForInspection = (file: string, readonly: boolean): Database =>
  new SqliteDatabase(file, { fileMustExist: true, readonly, timeout: busyTimeoutMs });
