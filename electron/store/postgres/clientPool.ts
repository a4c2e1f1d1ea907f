import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import PQueue from 'p-queue';
import pg, { type ClientConfig, type PoolClient } from 'pg';
import { withDialect, type Queries } from '../sql/connection.ts';
import type { Schema } from '../sql/schema.ts';
import { isConnectionLost } from './postgresError.ts';
import { postgresDialect } from './postgresDialect.ts';
import { tableNamesPlugin } from './tableNames.ts';

/** One of the pool's connections while somebody has it. */
export interface BorrowedClient {
  readonly raw: PoolClient;
  readonly queries: Queries;
  /** Names this connection in maskdesk.writers. */
  readonly writer: string;
  /** It is closed instead of handed on: nobody knows in what state it is. */
  readonly discard: () => void;
}

const idleMs = 30_000;

/** kysely gives a connection back when each statement ends; it is ours for longer. */
const withoutRelease: ProxyHandler<pg.ClientBase> = {
  get: (client, name) => {
    if (name === 'release') return () => undefined;
    const value: unknown = Reflect.get(client, name, client);
    return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(client) : value;
  },
};

/** Statements of our kind on one connection that the pool has given us already. */
export const queriesOn = (client: pg.ClientBase): Queries => {
  const proxy = new Proxy(client, withoutRelease);
  const only = { connect: async () => proxy, end: async () => undefined, options: {} };
  const dialect = new PostgresDialect({ pool: only as never });
  return withDialect(new Kysely<Schema>({ dialect, plugins: [tableNamesPlugin] }), postgresDialect);
};

/** Some connections. Who finds them all taken waits, however long: only reaching the server has a time limit. */
export class ClientPool {
  readonly #pool: pg.Pool;
  readonly #turns: PQueue;
  readonly #known = new WeakMap<PoolClient, Pick<BorrowedClient, 'queries' | 'writer'>>();

  constructor(config: ClientConfig, size: number, onIdleLoss: (error: unknown) => void) {
    this.#pool = new pg.Pool({ ...config, max: size, idleTimeoutMillis: idleMs });
    this.#pool.on('error', onIdleLoss);
    // A connection that breaks while it is lent tells so by its statements; without a listener it would end the process. From the first moment on: the pool
    // takes its own away before whoever asked can go on, and the server's farewell may stand in the same packet as its welcome.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
    this.#turns = new PQueue({ concurrency: size });
  }

  async lend<T>(work: (client: BorrowedClient) => Promise<T>): Promise<T> {
    return this.#turns.add(async () => {
      const raw = await this.#pool.connect();
      const release = raw.release.bind(raw);
      let isDiscarded = false;
      const discard = (): void => void (isDiscarded = true);
      try {
        const known = this.#known.get(raw) ?? { queries: queriesOn(raw), writer: randomUUID() };
        this.#known.set(raw, known);
        return await work({ raw, ...known, discard });
      } catch (error) {
        if (isConnectionLost(error)) discard();
        throw error;
      } finally {
        release(isDiscarded);
      }
    });
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await this.#turns.onIdle();
    await this.#pool.end();
  }
}
