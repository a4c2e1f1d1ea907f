import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from 'better-sqlite3';
import { Kysely, sql, SqliteDialect, type RawBuilder } from 'kysely';
import { Mutex } from '../../base/mutex.ts';
import { BugError, ExpectedError } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { withDialect, type Connection, type Queries } from '../sql/connection.ts';
import type { Schema } from '../sql/schema.ts';
import { PreparedStatements } from './preparedStatements.ts';
import { sqliteDialect } from './sqliteDialect.ts';
import { sqliteError } from './sqliteError.ts';
import { beginImmediate } from './writeLock.ts';

/**
 * One SQLite file through two connections. Writing transactions run one at a time in this process (a mutex) and among processes (BEGIN
 * IMMEDIATE): so a transaction may await something slow, as publishing does, without another call's statements slipping into it. Reads use
 * the other connection, see the last commit, and never wait for a writer (WAL).
 */
export class SqliteConnection implements Connection {
  readonly location: string;
  readonly isReadOnly: boolean;
  readonly #rawReader: Database;
  readonly #rawWriter: Database | null;
  readonly #reader: Queries;
  readonly #writer: Queries | null;
  readonly #clock: Clock;
  readonly #mutex = new Mutex();
  readonly #inside = new AsyncLocalStorage<{ open: boolean }>();
  #closed = false;

  /** @param writer null: the store is open for reading only */
  constructor(file: string, reader: Database, writer: Database | null, clock: Clock) {
    this.location = file;
    this.isReadOnly = writer === null;
    this.#clock = clock;
    this.#rawReader = reader;
    this.#rawWriter = writer;
    this.#reader = queriesOn(reader);
    this.#writer = writer === null ? null : queriesOn(writer);
  }

  nowMs(): RawBuilder<number> {
    return sql<number>`${this.#clock.nowMs()}`;
  }

  async read<T>(query: (queries: Queries) => Promise<T>): Promise<T> {
    this.#assertOpen();
    try {
      return await query(this.#reader);
    } catch (error) {
      throw sqliteError(error, this.location);
    }
  }

  /** No statement of a file's has a limit. */
  writeAtLength<T>(body: (queries: Queries) => Promise<T>): Promise<T> {
    return this.write(body);
  }

  async write<T>(body: (queries: Queries) => Promise<T>): Promise<T> {
    this.#assertOpen();
    const raw = this.#rawWriter;
    const queries = this.#writer;
    if (raw === null || queries === null) {
      throw new ExpectedError('permission_denied', `${this.location} is open for reading only.`);
    }
    if (this.#inside.getStore()?.open === true) {
      throw new BugError('A transaction of the store may not wait for another one: do that work before or after it');
    }
    return this.#mutex.run(async () => {
      const transaction = { open: true };
      try {
        await beginImmediate(raw);
        const result = await this.#inside.run(transaction, () => body(queries));
        raw.exec('commit');
        return result;
      } catch (error) {
        if (raw.inTransaction) raw.exec('rollback');
        throw sqliteError(error, this.location);
      } finally {
        transaction.open = false;
      }
    });
  }

  /**
   * A number that changes with every commit of another process, never with one of this process: the writer does not count its own, and
   * nobody else here commits. 0.1 ms. Open for reading only: every commit.
   */
  foreignCommits(): number {
    this.#assertOpen();
    try {
      return Number((this.#rawWriter ?? this.#rawReader).pragma('data_version', { simple: true }));
    } catch (error) {
      throw sqliteError(error, this.location);
    }
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#mutex.run(async () => {
      this.#rawReader.close();
      this.#rawWriter?.close();
    });
  }

  #assertOpen(): void {
    if (this.#closed) throw new BugError('The store has been closed');
  }
}

const queriesOn = (database: Database): Queries => withDialect(new Kysely<Schema>({ dialect: new SqliteDialect({ database: new PreparedStatements(database) }) }), sqliteDialect);
