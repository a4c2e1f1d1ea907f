import { join } from 'node:path';
import { sha256Hex } from '../../base/hash.ts';
import type { Secret } from '../../base/secret.ts';

/** Of a PostgreSQL store, however it was written down. */
export interface StoreAddress {
  readonly dsn?: Secret | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
}

export interface StorePlace {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string | null;
}

/** Which server and database that is; without a secret in it. The single fields go before the address, the environment (PGHOST ...) comes last, as for psql. */
export const storePlaceOf = ({ dsn, host, port, database, user }: StoreAddress, env: NodeJS.ProcessEnv = process.env): StorePlace => {
  const url = dsn === undefined ? null : URL.parse(dsn.reveal());
  const written = (text: string | undefined): string | null => (text === undefined || text === '' ? null : decodeURIComponent(text));
  const name = user ?? written(url?.username) ?? env['PGUSER'] ?? null;
  return {
    host: host ?? written(url?.hostname) ?? written(url?.searchParams.get('host') ?? undefined) ?? env['PGHOST'] ?? 'localhost',
    port: port ?? Number(written(url?.port) ?? env['PGPORT'] ?? 5432),
    database: database ?? written(url?.pathname.slice(1)) ?? env['PGDATABASE'] ?? name ?? 'postgres',
    user: name,
  };
};

/** What it is called where people read it: `db.example:5432/matching`. */
export const storePlaceText = ({ host, port, database }: StorePlace): string => `${host}${port === 5432 || host.startsWith('/') ? '' : `:${port}`}/${database}`;

/** The folder where this machine keeps what an embedded store has beside its database. One a server and database, whoever works on it. */
export const machineFolderOf = (dataDir: string, address: StoreAddress, env: NodeJS.ProcessEnv = process.env): string => {
  const { host, port, database } = storePlaceOf(address, env);
  const readable = database.replaceAll(/[^\w-]+/g, '_').slice(0, 40);
  return join(dataDir, 'teamStores', `${readable}-${sha256Hex(JSON.stringify([host.toLowerCase(), port, database])).slice(0, 12)}`);
};
