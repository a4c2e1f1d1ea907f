import { z } from 'zod';
import { secretSetting, setting, type Section } from '../setting.ts';

const seconds = (most: number) => z.number().positive().max(most);
const keys = {
  kind: setting(z.enum(['sqlite', 'postgres']).optional(), {
    about: 'The database: a file in a folder of its own, or the pipeline’s server.',
    standard: 'postgres where dsn or host is given, else sqlite',
  }),
  name: setting(z.string().min(1).max(60).optional(), { about: 'What people call this store.', standard: 'its database or folder' }),
  folder: setting(z.string().min(1).optional(), { about: 'sqlite: the store’s folder. Also --store and MASKDESK_STORE.', isPath: true, standard: 'the folder of this file, or the demo store' }),
  databaseFile: setting(z.string().min(1).default('maskdesk.db'), { about: 'sqlite: the database file in that folder; name a pipeline’s own to open that.', storeKey: 'databaseFile' }),
  dsn: secretSetting(
    { about: 'postgres: the server’s address. Without it: host, port, database and user, and what PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE say. What the single keys say goes before it.', environment: ['POSTGRES_DSN'] },
    z.string().regex(/^postgres(ql)?:\/\//, 'not a PostgreSQL address').describe('postgres://user:password@host:port/database?sslmode=verify-full'),
  ),
  host: setting(z.string().min(1).optional(), { about: 'postgres: name, address, or the folder of a Unix socket.' }),
  port: setting(z.int().min(1).max(65_535).optional(), { about: 'postgres: the server’s port.', standard: '5432' }),
  database: setting(z.string().min(1).optional(), { about: 'postgres: the pipeline’s database.' }),
  user: setting(z.string().min(1).optional(), { about: 'postgres: the role that Maskdesk works as (Database role, below).' }),
  password: secretSetting({ about: 'postgres: that role’s password.' }),
  tls: setting(z.enum(['disable', 'require', 'verify-ca', 'verify-full']).optional(), {
    about: 'postgres: as libpq’s sslmode. require encrypts and trusts any certificate; verify-full checks certificate and name.',
    standard: 'the address’s sslmode, else disable',
  }),
  tlsCa: setting(z.string().min(1).optional(), { about: 'postgres: a PEM file with the authority that signed the server’s certificate.', isPath: true, standard: 'the system’s authorities' }),
  tlsCertificate: setting(z.string().min(1).optional(), { about: 'postgres: our own certificate (PEM file), where the server asks for one.', isPath: true }),
  tlsKey: setting(z.string().min(1).optional(), { about: 'postgres: the key of that certificate (PEM file).', isPath: true }),
  pipelineSchema: setting(z.string().min(1).optional(), { about: 'postgres: the schema of the pipeline’s tables.', standard: 'the role’s search_path' }),
  createPipelineTables: setting(z.boolean().default(false), { about: 'postgres: make the pipeline’s tables where the database has none, for teams that begin with Maskdesk. `maskdesk init` does it once.' }),
  poolSize: setting(z.int().min(2).max(100).default(10), { about: 'postgres: connections at most. One more listens for changes.' }),
  patienceSeconds: setting(seconds(600).default(4), { about: 'postgres: how long a call goes on trying to reach a server that is gone.' }),
  statementTimeoutSeconds: setting(seconds(86_400).default(60), { about: 'postgres: a statement that takes longer is given up; migrations have no limit.' }),
  lockTimeoutSeconds: setting(seconds(3600).default(60), { about: 'postgres: how long a statement waits for what another one holds.' }),
};

export const storeSection: Section<typeof keys> = {
  name: 'store',
  about: 'Where the rows are.',
  keys,
  check: ({ kind, dsn, host, tlsCertificate, tlsKey }, env) => [
    ...(kind === 'postgres' && dsn === undefined && host === undefined && !env['PGHOST'] ? [{ key: 'dsn', message: 'kind is postgres, and neither dsn (POSTGRES_DSN) nor host says where the server is' }] : []),
    ...(kind === 'sqlite' && host !== undefined ? [{ key: 'host', message: 'kind is sqlite, which has no host; leave out kind, or host' }] : []),
    ...((tlsCertificate === undefined) === (tlsKey === undefined) ? [] : [{ key: tlsKey === undefined ? 'tlsKey' : 'tlsCertificate', message: 'tlsCertificate and tlsKey belong together: one is there, the other is not' }]),
  ],
};
