import pg, { type ClientConfig } from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { inspect, isUpToDate, type Found } from './inspect.ts';
import { migrations } from './migrations/index.ts';
import { assetTables, essentialTables, pipelineTablesSql, standInsSql } from './pipelineTables.ts';
import { advisoryClass } from './postgresDialect.ts';
import type { Place } from './postgresError.ts';

/** The advisory lock under which the schema is changed: of ten that open at once one does the work, and the others find it done. */
const migrationLock = 2;

/** A change of the pipeline's table waits no longer than this: those who come after it would wait behind it. It is tried again. */
const tableLockMs = 3_000;
const mostTries = 10;

const bookkeeping = `
create schema if not exists maskdesk;
create table if not exists maskdesk.migrations (version integer not null primary key, name text not null, applied_at timestamptz not null default now());
`;

export interface Prepared {
  /** Whether there was nothing in it: the pipeline's tables were made here. */
  readonly created: boolean;
}

interface Preparing {
  readonly place: Place;
  /** Where the pipeline's tables are or are to be; the first one of them. As SQL has the names. */
  readonly schemas: string;
  readonly create: boolean;
  readonly readOnly: boolean;
}

/**
 * Makes the database ready: adds masked_local_path and its index to the pipeline's tables where they lack, and what lacks in the schema maskdesk.
 * Changes nothing where all is there, whatever the role may do.
 * @throws ExpectedError store_missing, store_newer, permission_denied, store_locked
 */
export const prepare = async (config: ClientConfig, preparing: Preparing): Promise<Prepared> => {
  const client = new pg.Client({ ...config, statement_timeout: 0, query_timeout: 0, lock_timeout: 0 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await inspect(client, preparing.place);
    if (isUpToDate(found, migrations.map(({ version }) => version))) return { created: false };
    refuseUnready(found, preparing);
    return await underLock(client, preparing);
  } finally {
    await client.end().catch(() => undefined);
  }
};

const isEmpty = ({ tables }: Found): boolean => tables.size === 0;

const refuseUnready = (found: Found, { place, create, readOnly }: Preparing): void => {
  const missing = essentialTables.filter((name) => !found.tables.has(name));
  if (isEmpty(found) && found.versions === null && !create) {
    throw new ExpectedError('store_missing', `There is no store in the ${place.location}: it has none of the pipeline's tables. Make them with: maskdesk init`);
  }
  if (!isEmpty(found) && missing.length > 0) {
    throw new ExpectedError('store_missing', `The ${place.location} is not a pipeline's: it has no table ${missing.join(', ')}. Check the database's name and the schema of its tables.`);
  }
  if (readOnly) {
    throw new ExpectedError('store_missing', `The ${place.location} has not been set up by this version of Maskdesk yet. Set it up with: maskdesk init`);
  }
};

const underLock = async (client: pg.Client, preparing: Preparing): Promise<Prepared> => {
  for (let tries = 1; ; tries++) {
    await client.query('begin');
    try {
      await client.query(`select pg_advisory_xact_lock(${advisoryClass}, ${migrationLock})`);
      await client.query(`set local lock_timeout = ${tableLockMs}`);
      const prepared = await change(client, await inspect(client, preparing.place), preparing);
      await client.query('commit');
      return prepared;
    } catch (error) {
      await client.query('rollback');
      if ((error as { code?: unknown }).code !== '55P03' || tries === mostTries) throw explained(error, preparing.place);
    }
    await wait(tableLockMs / 10);
  }
};

const change = async (client: pg.Client, found: Found, { create, schemas }: Preparing): Promise<Prepared> => {
  const created = isEmpty(found) && create;
  if (created) await client.query(`create schema if not exists ${schemas.split(',', 1)[0] ?? 'public'}; ${pipelineTablesSql}`);
  for (const table of assetTables) {
    if (!(created || found.tables.has(table)) || found.withMaskedPath.has(table)) continue;
    await client.query(`alter table ${table} add column if not exists masked_local_path varchar(500)`);
    await client.query(`create index if not exists idx_${table}_masked_path on ${table} (masked_local_path) where masked_local_path is not null`);
  }
  if (found.versions === null) await client.query(bookkeeping);
  for (const { version, name, sql } of migrations) {
    if (found.versions?.has(version) === true) continue;
    await client.query(sql);
    await client.query('insert into maskdesk.migrations (version, name) values ($1, $2)', [version, name]);
  }
  for (const [table, sql] of Object.entries(standInsSql)) {
    if (!created && !found.tables.has(table) && !found.standIns.has(table)) await client.query(sql);
  }
  return { created };
};

/** That somebody else must do it, and what. */
const explained = (error: unknown, { location, user }: Place): unknown => {
  if ((error as { code?: unknown }).code !== '42501') return error;
  const said = error instanceof Error ? error.message : String(error);
  return new ExpectedError(
    'permission_denied',
    `${user} may not set up the ${location} (${said}). Let the owner of the pipeline's tables run "maskdesk init" once after each update; docs/operations.md, Database role, says what ${user} needs after that.`,
    { cause: error },
  );
};
