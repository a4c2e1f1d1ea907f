import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { sql, type RawBuilder } from 'kysely';
import type { ClientConfig } from 'pg';
import { BugError, ExpectedError } from '../../../shared/errors/errors.ts';
import type { Connection, Queries } from '../sql/connection.ts';
import { ClientPool, type BorrowedClient } from './clientPool.ts';
import { isConflict, isConnectionLost, postgresError, unreachable, type Place } from './postgresError.ts';

export interface ConnectionSettings {
  readonly config: ClientConfig;
  readonly place: Place;
  readonly poolSize: number;
  readonly patienceMs: number;
  readonly readOnly: boolean;
  readonly databaseNowMs: (() => number) | undefined;
}

const mostConflicts = 12;
const firstPauseMs = 20;
const lastPauseMs = 500;

/** Random, so that those who were in each other's way are not again. */
const pauseMs = (round: number): number => Math.min(lastPauseMs, firstPauseMs * 2 ** round) * (0.5 + Math.random());

/** A transaction whose COMMIT got no answer: nobody knows yet whether it counts. */
class UnknownOutcome extends Error {
  readonly writer: string;
  readonly mark: number;

  constructor(writer: string, mark: number, cause: unknown) {
    super('The connection was lost during COMMIT', { cause });
    this.writer = writer;
    this.mark = mark;
  }
}

/**
 * A pool of connections to one PostgreSQL database. Writing transactions are READ COMMITTED and run beside each other; each takes the lock of what it
 * decides about first. One that a deadlock or a lost connection ended has changed nothing and runs again. Where the connection was lost during
 * COMMIT, the connection's row in maskdesk.writers, changed in the same transaction, tells whether it counts. Reads have connections of their own,
 * so that a transaction that places a mask never keeps them waiting.
 */
export class PostgresConnection implements Connection {
  readonly location: string;
  readonly isReadOnly: boolean;
  readonly #settings: ConnectionSettings;
  readonly #readers: ClientPool;
  readonly #writers: ClientPool;
  /** One connection beside `poolSize`, made when it is first wanted. */
  readonly #lengthy: ClientPool;
  readonly #inside = new AsyncLocalStorage<{ open: boolean }>();
  #marks = 0;
  #closed = false;

  /** @param onIdleLoss told of connections that are lost while nobody uses them */
  constructor(settings: ConnectionSettings, onIdleLoss: (error: unknown) => void) {
    this.#settings = settings;
    this.isReadOnly = settings.readOnly;
    this.location = settings.place.location;
    const readers = Math.max(1, Math.floor(settings.poolSize / 2));
    this.#readers = new ClientPool(settings.config, readers, onIdleLoss);
    this.#writers = new ClientPool(settings.config, Math.max(1, settings.poolSize - readers), onIdleLoss);
    // The driver's own limit would end it as well as the server's. A server that is gone without a word is told by the connection's keepalives, in minutes.
    this.#lengthy = new ClientPool({ ...settings.config, statement_timeout: 0, query_timeout: 0 }, 1, onIdleLoss);
  }

  nowMs(): RawBuilder<number> {
    const given = this.#settings.databaseNowMs;
    return given === undefined ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint` : sql<number>`${given()}::bigint`;
  }

  async read<T>(query: (queries: Queries) => Promise<T>): Promise<T> {
    this.#assertOpen();
    return this.#patiently(() => this.#readers.lend(({ queries }) => query(queries)));
  }

  write<T>(body: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#write(this.#writers, body);
  }

  writeAtLength<T>(body: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#write(this.#lengthy, async (queries) => {
      // The role's or the database's own limit holds where we ask for none.
      await sql`set local statement_timeout = 0`.execute(queries);
      return body(queries);
    });
  }

  async #write<T>(pool: ClientPool, body: (queries: Queries) => Promise<T>): Promise<T> {
    this.#assertOpen();
    if (this.#settings.readOnly) throw new ExpectedError('permission_denied', `The ${this.location} is open for reading only.`);
    if (this.#inside.getStore()?.open === true) {
      throw new BugError('A transaction of the store may not wait for another one: do that work before or after it');
    }
    return this.#patiently(() => this.#committed(pool, body));
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([this.#readers.close(), this.#writers.close(), this.#lengthy.close()]);
  }

  /** Tries again where nothing was changed: at once after a conflict, and while the server can't be reached for as long as our patience lasts. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const { place, patienceMs } = this.#settings;
    let lostAtMs: number | null = null;
    let conflicts = 0;
    for (let round = 0; ; round++) {
      try {
        return await work();
      } catch (error) {
        if (isConflict(error)) {
          if (++conflicts > mostConflicts) throw postgresError(error, place);
        } else if (isConnectionLost(error)) {
          lostAtMs ??= performance.now();
          if (performance.now() - lostAtMs > patienceMs) throw postgresError(error, place);
        } else {
          throw postgresError(error, place);
        }
      }
      await wait(pauseMs(round));
    }
  }

  /** The transaction's result, once it is certain that it counts; fails as a lost connection does once it is certain that it does not. */
  async #committed<T>(pool: ClientPool, body: (queries: Queries) => Promise<T>): Promise<T> {
    let result: { readonly value: T } | null = null;
    try {
      return await pool.lend((client) => this.#transaction(client, body, (value) => (result = { value })));
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error;
      if ((await this.#isCommitted(error)) && result !== null) return (result as { readonly value: T }).value;
      throw error.cause;
    }
  }

  async #transaction<T>(client: BorrowedClient, body: (queries: Queries) => Promise<T>, onResult: (value: T) => void): Promise<T> {
    const mark = ++this.#marks;
    const transaction = { open: true };
    // One round trip: our own numbers, no data.
    await client.raw.query(`begin isolation level read committed; insert into maskdesk.writers (writer, mark) values ('${client.writer}', ${mark})
      on conflict (writer) do update set mark = excluded.mark, at = now()`);
    let value: T;
    try {
      value = await this.#inside.run(transaction, () => body(client.queries));
      onResult(value);
    } catch (error) {
      await client.raw.query('rollback').catch(() => client.discard());
      throw error;
    } finally {
      transaction.open = false;
    }
    try {
      const { command } = await client.raw.query('commit');
      if (command !== 'COMMIT') throw new BugError('A transaction went on after one of its statements had failed');
    } catch (error) {
      client.discard();
      if (isConnectionLost(error)) throw new UnknownOutcome(client.writer, mark, error);
      throw error;
    }
    return value;
  }

  /** Waits for a server process that is still at it. @throws ExpectedError store_unreachable while nobody can say */
  async #isCommitted({ writer, mark, cause }: UnknownOutcome): Promise<boolean> {
    const { place, patienceMs } = this.#settings;
    const startMs = performance.now();
    for (let round = 0; ; round++) {
      try {
        return await this.#writers.lend(async ({ raw }) => {
          // An insertion waits as well where the row itself is what the other is about to commit: its first transaction.
          const { rows } = await raw.query<{ mark: number }>(
            'insert into maskdesk.writers (writer, mark) values ($1, 0) on conflict (writer) do update set at = now() returning mark',
            [writer],
          );
          return rows[0]?.mark === mark;
        });
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        if (performance.now() - startMs > 2 * patienceMs) throw unreachable(place, cause, ' The connection was lost while a change was being saved: look whether it is there before you repeat it.');
      }
      await wait(pauseMs(round));
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new BugError('The store has been closed');
  }
}
