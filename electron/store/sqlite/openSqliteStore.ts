import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { makeFolder } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { createAdopter } from './adopt.ts';
import { SqliteConnection } from './sqliteConnection.ts';
import { databaseFileOf, inspect } from './databaseFile.ts';
import { healthOf } from './health.ts';
import { migrate } from './migrate.ts';
import { openForReading } from './openForReading.ts';
import { noMarks } from '../sql/listMarks.ts';
import { storesOn } from '../sql/stores.ts';
import { registerFunctions } from './sqlFunctions.ts';
import { isBusy, lockedError, sqliteError } from './sqliteError.ts';
import { busyTimeoutMs } from './writeLock.ts';

export interface SqliteStoreOptions {
  /** The folder that holds the database, `data/`, `backups/` and `events.jsonl`. */
  readonly storeDir: string;
  /** Makes the folder and the store where there is none. */
  readonly create: boolean;
  readonly clock: Clock;
  /** Nothing is written, not even a migration; a store that would need one is refused. Works where nothing may be written, too. */
  readonly readOnly?: boolean;
  /** Name of the database in the folder, or its absolute path: a store that the pipeline made. Default: maskdesk.db. */
  readonly databaseFile?: string;
}

/**
 * Opens the embedded store: checks it, copies and migrates it where needed, takes in rows that the pipeline added.
 * @throws ExpectedError store_missing, store_newer, store_corrupt, store_locked, permission_denied, disk_full
 */
export const openSqliteStore = async (options: SqliteStoreOptions): Promise<Store> => {
  const { storeDir, clock } = options;
  const file = databaseFileOf(storeDir, options.databaseFile);
  if (options.readOnly === true) return openToLook(file, storeDir, clock);
  if (existsSync(file)) {
    await inspect(file);
  } else if (!options.create) {
    throw missing(file, storeDir);
  } else {
    await makeFolder(storeDir).catch((error: unknown) => {
      throw fileError(error, storeDir);
    });
  }
  const opened: Database[] = [];
  let created: boolean;
  try {
    const { database, isNew } = await openWriter(file, storeDir, clock);
    opened.push(database);
    created = isNew;
    opened.push(openReader(file));
  } catch (error) {
    for (const database of opened) database.close();
    throw sqliteError(error, file);
  }
  const [writer, reader] = opened as [Database, Database];
  for (const database of opened) registerFunctions(database, clock);
  const store = storeOn(new SqliteConnection(file, reader, writer, clock), clock, created);
  await store.assets.adoptNew().catch(closeThenThrow(store));
  return store;
};

const missing = (file: string, storeDir: string): ExpectedError =>
  new ExpectedError('store_missing', `There is no store in ${storeDir} (${basename(file)} is not there). Make one with: maskdesk init --store ${storeDir}`);

const openToLook = async (file: string, storeDir: string, clock: Clock): Promise<Store> => {
  if (!existsSync(file)) throw missing(file, storeDir);
  const { database, dispose } = await openForReading(file);
  registerFunctions(database, clock);
  return storeOn(new SqliteConnection(file, database, null, clock), clock, false, dispose);
};

const closeThenThrow = (store: Store) => async (error: unknown) => {
  await store.close();
  throw error;
};

const openWriter = async (file: string, storeDir: string, clock: Clock): Promise<{ readonly database: Database; readonly isNew: boolean }> => {
  const database = new SqliteDatabase(file, { timeout: busyTimeoutMs });
  try {
    const isNew = await migrate(database, storeDir, clock.nowMs());
    await switchToWal(database);
    // FULL: an acknowledged approval survives a power cut; macOS needs its own flush for that.
    database.pragma('synchronous = FULL');
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    return { database, isNew };
  } catch (error) {
    database.close();
    throw error;
  }
};

const openReader = (file: string): Database => {
  const database = new SqliteDatabase(file, { timeout: busyTimeoutMs, fileMustExist: true });
  database.pragma('query_only = ON');
  return database;
};

/** Needs the file for itself for a moment, which SQLite does not wait for when several processes open a new store at once. */
const switchToWal = async (database: Database, waitMs = 15_000): Promise<void> => {
  const deadlineMs = performance.now() + waitMs;
  for (;;) {
    try {
      if (database.pragma('journal_mode = WAL', { simple: true }) === 'wal') return;
      throw new ExpectedError(
        'file_unreadable',
        `The disk of ${database.name} can't share memory between programs, as some network folders can't. Keep the store on a local disk.`,
      );
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
    if (performance.now() > deadlineMs) throw lockedError(database.name, undefined);
    await wait(5 + Math.random() * 20);
  }
};

/** Begins to count at the opening: what was written before is read by whoever opens the store. */
const createForeignWatch = (connection: SqliteConnection): (() => Promise<boolean>) => {
  let seen = connection.foreignCommits();
  return async () => {
    const now = connection.foreignCommits();
    const isChanged = now !== seen;
    seen = now;
    return isChanged;
  };
};

const storeOn = (connection: SqliteConnection, clock: Clock, created: boolean, dispose?: () => Promise<void>): Store => ({
  location: connection.location,
  created,
  ...storesOn(connection, clock, createAdopter(connection), noMarks),
  changedElsewhere: createForeignWatch(connection),
  listen: null,
  health: () => healthOf(connection),
  close: async () => {
    await connection.close();
    await dispose?.();
  },
});
