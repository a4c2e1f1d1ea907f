import type { Database } from 'better-sqlite3';
import { backUp } from './backup.ts';
import { isEmptyDatabase, refuseNewer, versionIn } from './databaseFile.ts';
import { migrations, schemaVersion } from './migrations/index.ts';
import { beginImmediate } from './writeLock.ts';

const bookkeeping = `create table if not exists maskdesk_migrations (
  version integer primary key, name text not null, applied_at text not null)`;

/**
 * Brings the schema up to date in one transaction under the write lock: of two processes that open at once, the second finds the work
 * done. A database with anything in it is copied first.
 * @returns whether there was nothing in it: the store was made here
 * @throws ExpectedError store_newer
 */
export const migrate = async (database: Database, storeDir: string, nowMs: number): Promise<boolean> => {
  if (versionIn(database) === schemaVersion) return false;
  await beginImmediate(database);
  try {
    const version = versionIn(database);
    refuseNewer(version, database.name);
    const isNew = isEmptyDatabase(database);
    if (version < schemaVersion && !isNew) await backUp(database.name, storeDir, version, nowMs);
    database.exec(bookkeeping);
    const record = database.prepare('insert into maskdesk_migrations (version, name, applied_at) values (?, ?, ?)');
    for (const migration of migrations) {
      if (migration.version <= version) continue;
      migration.apply(database);
      record.run(migration.version, migration.name, new Date(nowMs).toISOString());
    }
    database.exec('commit');
    return isNew;
  } catch (error) {
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
};
