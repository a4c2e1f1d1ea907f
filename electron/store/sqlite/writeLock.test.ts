import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginImmediate, busyTimeoutMs } from './writeLock.ts';

describe('the write lock', () => {
  let folder: string;
  let holder: SqliteDatabase.Database;
  let waiter: SqliteDatabase.Database;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskdesk-lock-'));
    holder = new SqliteDatabase(join(folder, 'a.db'));
    holder.pragma('journal_mode = WAL');
    waiter = new SqliteDatabase(join(folder, 'a.db'));
  });
  afterEach(async () => {
    holder.close();
    waiter.close();
    await rm(folder, { recursive: true });
  });

  it('lets the process go on with other work while it waits', async () => {
    await beginImmediate(holder);
    const waiting = beginImmediate(waiter).then(() => 'locked');
    const other = await Promise.race([waiting, new Promise((resolve) => setImmediate(() => resolve('other work')))]);
    expect(other).toBe('other work');
    holder.exec('commit');
    expect(await waiting).toBe('locked');
    expect(waiter.inTransaction).toBe(true);
    expect(waiter.pragma('busy_timeout', { simple: true })).toBe(busyTimeoutMs);
  });

  it('gives up with a sentence', async () => {
    await beginImmediate(holder);
    await expect(beginImmediate(waiter, 20)).rejects.toMatchObject({ code: 'store_locked', message: expect.stringContaining('Another program') as string });
  });
});
