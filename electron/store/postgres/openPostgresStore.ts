import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg, { type ClientConfig } from 'pg';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { storesOn } from '../sql/stores.ts';
import { stuckPublications, wrongCounts } from '../sql/health.ts';
import { createAdopter } from './adopt.ts';
import { ChangeListener } from './changeListener.ts';
import { addressOf, defaults, withSession } from './clientConfig.ts';
import { prepare } from './migrate.ts';
import { schemaVersion } from './migrations/index.ts';
import { PostgresConnection } from './postgresConnection.ts';
import { isConnectionLost, postgresError } from './postgresError.ts';
import type { PostgresStoreOptions } from './postgresOptions.ts';
import { QueueMarks } from './queueMarks.ts';

/** Of a server that other machines' death leaves waiting, too: what they had locked is free after half a minute. */
const keepalives = { tcp_keepalives_idle: '10', tcp_keepalives_interval: '5', tcp_keepalives_count: '4' };

/** Rows of connections that have long been closed. */
const writersKeptFor = '1 day';

/**
 * Opens a team's store: looks whether the schema is there (and makes it, under a lock), takes in rows that the pipeline added.
 * @throws ExpectedError store_unreachable, store_missing, store_newer, store_locked, permission_denied, invalid_input
 */
export const openPostgresStore = async (options: PostgresStoreOptions): Promise<Store> => {
  const { config, place } = addressOf(options);
  const patienceMs = options.patienceMs ?? defaults.patienceMs;
  const readOnly = options.readOnly ?? false;
  try {
    const schemas = await patiently(patienceMs, () => pipelineSchemas(config, options.pipelineSchema));
    const origin = randomUUID();
    const settled = withSession(config, { search_path: `${schemas},maskdesk`, ...keepalives, 'maskdesk.origin': origin, ...(readOnly ? { default_transaction_read_only: 'on' } : {}) });
    const { created } = await patiently(patienceMs, () => prepare(settled, { place, schemas, create: options.create, readOnly }));
    const listener = new ChangeListener(settled, origin);
    await patiently(patienceMs, () => listener.start());
    const poolSize = Math.max(2, options.poolSize ?? defaults.poolSize);
    // A connection that is lost while nobody uses it is told of by the next one who needs it.
    const connection = new PostgresConnection({ config: settled, place, poolSize, patienceMs, readOnly, databaseNowMs: options.databaseNowMs }, () => undefined);
    const store = storeOn(connection, listener, options, created);
    if (!readOnly) await begin(connection, store).catch(closeThenThrow(store));
    return store;
  } catch (error) {
    throw postgresError(error, place);
  }
};

/** While the server only starts, or starts again. */
const patiently = async <T>(patienceMs: number, work: () => Promise<T>): Promise<T> => {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLost(error) || performance.now() > deadlineMs) throw error;
    }
    await wait(50 + Math.random() * 200);
  }
};

/**
 * Where the pipeline's tables are looked for; behind them, where our stand-ins are. Never by `$user`: a role may be called as our schema is.
 * @returns names as SQL has them
 */
const pipelineSchemas = async (config: ClientConfig, named: string | undefined): Promise<string> => {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ path: string | null }>(
      `select string_agg(quote_ident(name), ',' order by place) as path
       from unnest(case when $1::text is null then current_schemas(false) else array[$1::name] end) with ordinality as given (name, place) where name <> 'maskdesk'`,
      [named ?? null],
    );
    return rows[0]?.path ?? 'public';
  } finally {
    await client.end().catch(() => undefined);
  }
};

const begin = async (connection: PostgresConnection, store: Store): Promise<void> => {
  await store.assets.adoptNew();
  await connection.write((queries) => sql`delete from maskdesk_writers where at < now() - ${writersKeptFor}::interval`.execute(queries));
};

const closeThenThrow = (store: Store) => async (error: unknown) => {
  await store.close();
  throw error;
};

const storeOn = (connection: PostgresConnection, listener: ChangeListener, { clock }: PostgresStoreOptions, created: boolean): Store => ({
  location: connection.location,
  created,
  ...storesOn(connection, clock, createAdopter(connection), new QueueMarks(connection)),
  changedElsewhere: async () => listener.takeChanged(),
  listen: (tell) => listener.listen(tell),
  health: async () => {
    try {
      const findings = await connection.read(async (queries) => [...(await wrongCounts(queries)), ...(await stuckPublications(queries))]);
      return { ok: findings.length === 0, findings, schemaVersion };
    } catch (error) {
      if (!isExpected(error, 'store_corrupt')) throw error;
      return { ok: false, findings: [error.message], schemaVersion };
    }
  },
  close: async () => {
    await listener.close();
    await connection.close();
  },
});
