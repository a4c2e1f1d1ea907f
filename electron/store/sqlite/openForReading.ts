import { chmod, copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { fileError } from '../../base/fileError.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { looksLikeDatabase, refuseNewer, versionIn } from './databaseFile.ts';
import { schemaVersion } from './migrations/index.ts';
import { corruptError, sqliteError } from './sqliteError.ts';
import { busyTimeoutMs } from './writeLock.ts';

/** A database to look at. */
export interface OpenedForReading {
  readonly database: Database;
  /** Removes the private copy, where one had to be made; after `database` is closed. */
  readonly dispose: () => Promise<void>;
}

/**
 * Opens a store without changing a byte of it, wherever it lies.
 * @throws ExpectedError store_missing (this version has not set it up yet), store_newer, store_corrupt, permission_denied, disk_full (no
 * room for a copy)
 */
export const openForReading = async (file: string): Promise<OpenedForReading> => {
  let opened: OpenedForReading | null = null;
  try {
    if (!(await looksLikeDatabase(file))) throw corruptError(file);
    opened = await inPlace(file).catch((error: unknown) => {
      if (!/^SQLITE_(READONLY|CANTOPEN)/.test(String((error as { code?: unknown }).code))) throw error;
      return inCopy(file);
    });
    const version = versionIn(opened.database);
    refuseNewer(version, file);
    if (version < schemaVersion) {
      throw new ExpectedError('store_missing', `${file} has not been set up by this version of Maskdesk yet. A copy is kept when you do: maskdesk init`);
    }
    return opened;
  } catch (error) {
    opened?.database.close();
    await opened?.dispose();
    throw sqliteError(fileError(error, file), file);
  }
};

const open = (file: string, readonly: boolean): Database => {
  const database = new SqliteDatabase(file, { fileMustExist: true, readonly, timeout: busyTimeoutMs });
  try {
    database.pragma('query_only = ON');
    // The first statement is what finds out whether the log can be read.
    versionIn(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/** Where a log lies beside the file, a connection that might write would move it into the file; where none does, a reading one would leave one. */
const inPlace = async (file: string): Promise<OpenedForReading> => {
  const logBytes = await stat(`${file}-wal`).then((found) => found.size).catch(() => 0);
  return { database: open(file, logBytes > 0), dispose: async () => undefined };
};

/**
 * Reading with a log needs an index of it beside the file, which can't be made in a folder that may only be read. That it is not there
 * means that nobody has the store open, so the files stand still while they are copied.
 */
const inCopy = async (file: string): Promise<OpenedForReading> => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-look-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(file));
    await copyFile(file, copy);
    await copyFile(`${file}-wal`, `${copy}-wal`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    // A file that could not be written is copied as one that can't.
    for (const path of [copy, `${copy}-wal`]) await makeWritable(path);
    return { database: open(copy, false), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};

const makeWritable = async (path: string): Promise<void> => {
  await chmod(path, 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
};
