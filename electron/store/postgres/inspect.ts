import type { ClientBase } from 'pg';
import { ExpectedError, present } from '../../../shared/errors/errors.ts';
import { schemaVersion } from './migrations/index.ts';
import { assetTables, essentialTables, standInsSql } from './pipelineTables.ts';
import type { Place } from './postgresError.ts';

/** How a database is found. */
export interface Found {
  /** Versions of Maskdesk's schema that have been applied; null where Maskdesk has never been. */
  readonly versions: ReadonlySet<number> | null;
  /** Names of the pipeline's tables that are there, our stand-ins not among them. */
  readonly tables: ReadonlySet<string>;
  /** Tables with the column masked_local_path and its index. */
  readonly withMaskedPath: ReadonlySet<string>;
  readonly standIns: ReadonlySet<string>;
}

/** The oldest server that has what we use (gen_random_uuid, triggers with transition tables, generated columns). */
const oldestServer = 130_000;

const query = async <Row extends object>(client: ClientBase, text: string, values: unknown[] = []): Promise<Row[]> => (await client.query<Row>(text, values)).rows;

/** Reads the catalogue alone; any role may. @throws ExpectedError store_newer, invalid_input (a server that is too old) */
export const inspect = async (client: ClientBase, place: Place): Promise<Found> => {
  const [server] = await query<{ version: number }>(client, `select current_setting('server_version_num')::integer as version`);
  if (present(server, 'a version').version < oldestServer) throw new ExpectedError('invalid_input', `The server of the ${place.location} is older than PostgreSQL 13, which Maskdesk needs.`);
  const wanted = [...new Set([...essentialTables, ...assetTables, ...Object.keys(standInsSql)])];
  const tables = await query<{ name: string; schema: string }>(
    client,
    `select name, relnamespace::regnamespace::text as schema from unnest($1::text[]) as name join pg_class on pg_class.oid = to_regclass(quote_ident(name))`,
    [wanted],
  );
  const masked = await query<{ name: string }>(
    client,
    `select name from unnest($1::text[]) as name
     join pg_attribute on attrelid = to_regclass(quote_ident(name)) and attname = 'masked_local_path' and not attisdropped
     where exists (select 1 from pg_index where indrelid = attrelid and indkey[0] = attnum)`,
    [assetTables],
  );
  const versions = await versionsIn(client);
  const newest = Math.max(0, ...(versions ?? []));
  if (newest > schemaVersion) {
    throw new ExpectedError(
      'store_newer',
      `The ${place.location} was made by a newer Maskdesk (its schema is version ${newest}, this one knows ${schemaVersion}). Update Maskdesk to open it; nothing was changed.`,
      { details: { version: newest, known: schemaVersion } },
    );
  }
  const ours = (row: { schema: string }): boolean => row.schema === 'maskdesk';
  return {
    versions,
    tables: new Set(tables.filter((row) => !ours(row)).map(({ name }) => name)),
    withMaskedPath: new Set(masked.map(({ name }) => name)),
    standIns: new Set(tables.filter(ours).map(({ name }) => name)),
  };
};

const versionsIn = async (client: ClientBase): Promise<ReadonlySet<number> | null> => {
  const [table] = await query<{ oid: string | null }>(client, `select to_regclass('maskdesk.migrations')::text as oid`);
  if (table?.oid == null) return null;
  return new Set((await query<{ version: number }>(client, 'select version from maskdesk.migrations')).map(({ version }) => version));
};

/** Nothing is left to be done in it. */
export const isUpToDate = ({ versions, tables, standIns, withMaskedPath }: Found, wantedVersions: readonly number[]): boolean =>
  versions !== null &&
  wantedVersions.every((version) => versions.has(version)) &&
  essentialTables.every((name) => tables.has(name)) &&
  Object.keys(standInsSql).every((name) => tables.has(name) || standIns.has(name)) &&
  assetTables.every((name) => !tables.has(name) || withMaskedPath.has(name));
