import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { isBusy, lockedError } from './sqliteError.ts';

/** Blocking wait of ordinary statements; in WAL mode only recovery after a crash makes them wait at all. */
export const busyTimeoutMs = 5_000;

/** Longer than any single publication or delivery of another process. */
const defaultLockWaitMs = 60_000;

/**
 * BEGIN IMMEDIATE that lets this process go on with other work while another process writes: SQLite's own busy timeout would block the
 * thread. Waits are random, so that two processes that write in a loop take turns.
 * @throws ExpectedError store_locked
 */
export const beginImmediate = async (database: Database, lockWaitMs = defaultLockWaitMs): Promise<void> => {
  const deadlineMs = performance.now() + lockWaitMs;
  for (;;) {
    database.pragma('busy_timeout = 0');
    try {
      database.exec('begin immediate');
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > deadlineMs) throw lockedError(database.name, error);
    } finally {
      database.pragma(`busy_timeout = ${busyTimeoutMs}`);
    }
    await wait(1 + Math.random() * 12);
  }
};
