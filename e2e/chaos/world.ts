import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type PostgresServer } from '../services/servers/postgres.ts';
import { startRabbit, type RabbitServer } from '../services/servers/rabbitmq.ts';
import { startS3, type S3Server } from '../services/servers/s3.ts';
import { startTcpProxy, type TcpProxy } from '../services/servers/tcpProxy.ts';

/** The servers, and in front of each a proxy that makes the network bad for workers and desks. The pipeline around and the checks go straight to the servers. */
export interface World {
  readonly folder: string;
  readonly postgres: PostgresServer;
  readonly rabbit: RabbitServer;
  readonly s3: S3Server;
  readonly proxies: { readonly postgres: TcpProxy; readonly rabbit: TcpProxy; readonly s3: TcpProxy };
  readonly databaseUrl: string;
  /** A maskdesk.toml of workers, who go through the proxies. */
  readonly configFile: string;
  /** The same for desks, whose events wait in the database for a worker. */
  readonly deskConfigFile: string;
  /** The same store without proxies. */
  readonly directConfigFile: string;
  stop(keepFolder: boolean): Promise<void>;
}

const database = 'pipeline';

/** A store in the world refuses a request by its signature's age; this one does not, so whoever holds one back sees to it. */
export const latenessSeconds = 40;
/** Small, so that it is full all the time. */
const cacheMegabytes = 1;

export const startWorld = async (): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-chaos-'));
  const started: (() => Promise<void>)[] = [];
  const keep = async <T>(starting: Promise<T>, end: (server: T) => Promise<void>): Promise<T> => {
    const server = await starting;
    started.push(() => end(server));
    return server;
  };
  const endAll = async (): Promise<void> => void (await Promise.all(started.map((end) => end())));
  try {
    const [postgres, rabbit, s3] = await Promise.all([keep(startPostgres(), (server) => server.dispose()), keep(startRabbit(), (server) => server.stop()), keep(startS3(), (server) => server.stop())]);
    const proxyTo = (port: number): Promise<TcpProxy> => keep(startTcpProxy({ host: '127.0.0.1', port }), (proxy) => proxy.stop());
    const proxies = { postgres: await proxyTo(postgres.port), rabbit: await proxyTo(rabbit.port), s3: await proxyTo(s3.port) };
    const databaseUrl = await postgres.createDatabase(database);
    const configOf = (ports: { readonly postgres: number; readonly rabbit: number | null; readonly s3: number }): string => `
[store]
dsn = "postgres://maskdesk@127.0.0.1:${ports.postgres}/${database}"
createPipelineTables = true

[blobs]
endpoint = "http://127.0.0.1:${ports.s3}"
bucket = "${s3.access.bucket}"
accessKey = "${s3.access.credentials.accessKeyId}"
secretKey = "${s3.access.credentials.secretAccessKey}"
cacheMegabytes = ${cacheMegabytes}
stallTimeoutSeconds = 3
deadlineSeconds = 20
latenessSeconds = ${latenessSeconds}

${ports.rabbit === null ? '' : `[broker]\nurl = "amqp://guest:guest@127.0.0.1:${ports.rabbit}"\nheartbeatSeconds = 3\nretryLongestSeconds = 2\n`}
[models]
model = "u2netp"
threads = 1

[worker]
concurrency = 2
retryFirstSeconds = 0.2
retryLongestSeconds = 2
sweepSeconds = 5
leftOverSeconds = 20
healthPort = 0
`;
    await mkdir(join(folder, 'logs'));
    const configFile = join(folder, 'maskdesk.toml');
    const directConfigFile = join(folder, 'direct.toml');
    const deskConfigFile = join(folder, 'desk.toml');
    const proxied = { postgres: proxies.postgres.port, rabbit: proxies.rabbit.port, s3: proxies.s3.port };
    await writeFile(configFile, configOf(proxied));
    await writeFile(deskConfigFile, configOf({ ...proxied, rabbit: null }));
    await writeFile(directConfigFile, configOf({ postgres: postgres.port, rabbit: rabbit.port, s3: s3.port }));
    return {
      folder,
      postgres,
      rabbit,
      s3,
      proxies,
      databaseUrl,
      configFile,
      deskConfigFile,
      directConfigFile,
      stop: async (keepFolder) => {
        await endAll();
        if (!keepFolder) await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await endAll();
    throw error;
  }
};
