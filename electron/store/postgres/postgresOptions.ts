import type { Clock } from '../../../shared/ports/clock.ts';

/** How a connection is encrypted; as libpq's `sslmode` names it. `require` encrypts and trusts any certificate, `verify-full` checks it and the host's name. */
export type PostgresTlsMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

export interface PostgresTls {
  readonly mode: PostgresTlsMode;
  /** PEM texts. Without `ca` the system's authorities are trusted. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface PostgresStoreOptions {
  /**
   * `postgres://user:password@host:port/database?sslmode=verify-full`. What the single fields say goes before what it says. Without either, PGHOST,
   * PGPORT, PGUSER, PGPASSWORD and PGDATABASE count, as for psql.
   */
  readonly url?: string;
  /** Name, address, or the folder of a Unix socket. */
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  /** Asked for at each new connection where it is a function: a keychain's, or one that changes. Never logged, nor part of an error. */
  readonly password?: string | (() => Promise<string>);
  readonly tls?: PostgresTls;
  /** The schema of the pipeline's tables. Default: the server's search_path, as the pipeline itself finds them. */
  readonly pipelineSchema?: string;
  /** Connections at most, 2..100; default 10. One more listens for changes. A mask that is being placed holds one. */
  readonly poolSize?: number;
  /** Makes the pipeline's tables as well where the database has none. Otherwise they must be there. */
  readonly create: boolean;
  readonly clock: Clock;
  /** Nothing is written, not even a migration; a store that would need one is refused. */
  readonly readOnly?: boolean;
  /** How long a call goes on trying to reach a server that is gone before it says store_unreachable. Default 4,000. */
  readonly patienceMs?: number;
  /** A statement that takes longer is given up. Default 60,000; those of migrations have no limit. */
  readonly statementTimeoutMs?: number;
  /** How long a statement waits for what another one holds. Default 60,000: longer than placing a mask takes. */
  readonly lockTimeoutMs?: number;
  /** Shown by pg_stat_activity. Default: maskdesk. */
  readonly applicationName?: string;
  /** Stands in for the database's own clock, for tests that move time themselves. */
  readonly databaseNowMs?: () => number;
}
