import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { ClientConfig } from 'pg';
import pg from 'pg';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Place } from './postgresError.ts';
import type { PostgresStoreOptions, PostgresTls, PostgresTlsMode } from './postgresOptions.ts';

const tlsModes: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full'] satisfies PostgresTlsMode[];

const badUrl = (why: string): ExpectedError =>
  new ExpectedError('invalid_input', `The address of the database ${why}. It looks like this: postgres://user:password@host:5432/database?sslmode=verify-full`);

interface Parsed {
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  readonly tls?: PostgresTls;
}

const portOf = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw badUrl('has a port that is none');
  return port;
};

/** A url in pieces. What is wrong with it is told without it: it may hold a password. */
const parseUrl = (text: string): Parsed => {
  if (!URL.canParse(text)) throw badUrl('can not be read');
  const url = new URL(text);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw badUrl('does not begin with postgres://');
  const mode = url.searchParams.get('sslmode');
  // As far as libpq's two modes for "if the server likes" go: never less than was asked for.
  const tlsMode = mode === 'prefer' || mode === 'allow' ? 'disable' : mode;
  if (tlsMode !== null && !tlsModes.includes(tlsMode)) throw badUrl(`has an unknown sslmode (allowed: ${tlsModes.join(', ')})`);
  const ca = url.searchParams.get('sslrootcert');
  // What stands behind the question mark goes before what is in front of it (postgresql.org, libpq, "Connection URIs").
  const given = (name: string, inFront: string): string => url.searchParams.get(name) ?? decodeURIComponent(inFront);
  const host = given('host', url.hostname);
  const port = given('port', url.port);
  const database = given('dbname', url.pathname.slice(1));
  const user = given('user', url.username);
  const password = given('password', url.password);
  return {
    ...(host === '' ? {} : { host: host.replace(/^\[(.*)\]$/, '$1') }),
    ...(port === '' ? {} : { port: portOf(port) }),
    ...(database === '' ? {} : { database }),
    ...(user === '' ? {} : { user }),
    ...(password === '' ? {} : { password }),
    ...(tlsMode === null ? {} : { tls: { mode: tlsMode as PostgresTlsMode, ...(ca === null ? {} : { ca: readFileSync(ca, 'utf8') }) } }),
  };
};

const sslOf = (tls: PostgresTls | undefined): ClientConfig['ssl'] => {
  if (tls === undefined || tls.mode === 'disable') return false;
  const { mode, ...pems } = tls;
  // libpq's require: encrypted, whoever answers.
  if (mode === 'require' && tls.ca === undefined) return { ...pems, rejectUnauthorized: false };
  return { ...pems, rejectUnauthorized: true, ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }) };
};

const { builtins } = pg.types;

const safeInteger = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`An integer of the database is beyond what numbers hold exactly: ${text}`);
  return value;
};

type Parse = (text: string) => unknown;
/** Counts and sums come as numbers; JSON stays text, which our code parses where it knows what is in it. */
const parsers: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [builtins.INT8, safeInteger],
  [builtins.NUMERIC, Number],
  [builtins.JSON, String],
  [builtins.JSONB, String],
]);

export const defaults = { patienceMs: 4_000, statementTimeoutMs: 90_000, lockTimeoutMs: 60_000, poolSize: 10 };

/** Longer than a mask takes to be placed; what a program leaves that was stopped in the middle is let go of. */
const idleInTransactionMs = 600_000;

/** Whoever runs us, as libpq has it: with "peer" authentication, Debian's own, no other name is let in. A container's user may have none. */
const nameAtSystem = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'postgres';
  }
};

export interface ServerAddress {
  readonly config: ClientConfig;
  readonly place: Place;
}

/** @throws ExpectedError invalid_input */
export const addressOf = (options: PostgresStoreOptions): ServerAddress => {
  const parsed = options.url === undefined ? {} : parseUrl(options.url);
  const host = options.host ?? parsed.host ?? process.env['PGHOST'] ?? '127.0.0.1';
  const port = options.port ?? parsed.port ?? Number(process.env['PGPORT'] ?? 5432);
  const user = options.user ?? parsed.user ?? process.env['PGUSER'] ?? nameAtSystem();
  const database = options.database ?? parsed.database ?? process.env['PGDATABASE'] ?? user;
  const password = options.password ?? parsed.password ?? process.env['PGPASSWORD'];
  const statementTimeoutMs = options.statementTimeoutMs ?? defaults.statementTimeoutMs;
  return {
    place: { location: `database ${database} at ${host}:${port}`, user, database },
    config: {
      host,
      port,
      user,
      database,
      ...(password === undefined ? {} : { password }),
      ssl: sslOf(options.tls ?? parsed.tls),
      application_name: options.applicationName ?? 'maskdesk',
      connectionTimeoutMillis: options.patienceMs ?? defaults.patienceMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      statement_timeout: statementTimeoutMs,
      // A server that is gone without a word never answers at all.
      query_timeout: statementTimeoutMs + 5_000,
      lock_timeout: options.lockTimeoutMs ?? defaults.lockTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      types: { getTypeParser: ((oid: number, format: 'text'): unknown => parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser },
    },
  };
};

/** Settings that hold from a connection's first statement on. A value may have any character. */
export const withSession = (config: ClientConfig, settings: Readonly<Record<string, string>>): ClientConfig => ({
  ...config,
  options: Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, '\\$&')}`)
    .join(' '),
});
