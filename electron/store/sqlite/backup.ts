import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { syncFolder, temporaryFor } from '../../base/atomicFile.ts';
import { sqliteError } from './sqliteError.ts';
import { busyTimeoutMs } from './writeLock.ts';

/**
 * Copies the database as it was last committed into `<store>/backups/`, durable before it resolves. Reads through its own connection, so
 * the caller may hold the write lock meanwhile and be sure that nothing changes under the copy.
 * @returns the copy's path
 */
export const backUp = async (file: string, storeDir: string, version: number, nowMs: number): Promise<string> => {
  const folder = join(storeDir, 'backups');
  const time = new Date(nowMs).toISOString().replaceAll(':', '-');
  const target = join(folder, `${basename(file, extname(file))}-v${version}-${time}.db`);
  const temporary = temporaryFor(target);
  const source = new SqliteDatabase(file, { readonly: true, timeout: busyTimeoutMs });
  try {
    await mkdir(folder, { recursive: true });
    await source.backup(temporary);
    const handle = await open(temporary, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(temporary, target);
    await syncFolder(folder);
    await syncFolder(dirname(folder));
    return target;
  } catch (error) {
    await rm(temporary, { force: true });
    throw sqliteError(error, target);
  } finally {
    source.close();
  }
};
