import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePorts } from './freePorts.ts';
import { ServerProcess } from './serverProcess.ts';
import { giveTo, serverUser } from './serverUser.ts';

/** A RabbitMQ of its own: temporary data, free ports of the loopback address, its own Erlang port mapper. */
export interface RabbitServer {
  /** `amqp://guest:guest@127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  /** Graceful, then its data is removed. */
  stop(): Promise<void>;
  /** kill -9; the data stay for `restart`. */
  kill(): Promise<void>;
  /** Runs a command of rabbitmqctl, two seconds each. @returns what it printed */
  control(...args: readonly string[]): Promise<string>;
  /** Gracefully stopped where it still runs, and started again on the same port with the same data. */
  restart(): Promise<void>;
}

/** Debian's wrapper in /usr/sbin insists on its own user and folders; the script that it calls does not. */
const scripts = ['/usr/lib/rabbitmq/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
const programIn = (folders: readonly string[], name: string): string | undefined => folders.map((folder) => join(folder, name)).find((path) => existsSync(path));

export const isRabbitInstalled = (): boolean => programIn(scripts, 'rabbitmq-server') !== undefined;

/** 11 s on two busy cores; a first start writes its schema. */
const startTimeoutMs = 90_000;

/** @param options.config lines for rabbitmq.conf, beside the listener @throws Error with the server's last words */
export const startRabbit = async ({ config = [] }: { readonly config?: readonly string[] } = {}): Promise<RabbitServer> => {
  const program = programIn(scripts, 'rabbitmq-server');
  if (program === undefined) throw new Error('rabbitmq-server is not installed. On Debian or Ubuntu: apt-get install rabbitmq-server');
  const user = serverUser('rabbitmq');
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-rabbit-'));
  giveTo(user, folder);
  const [port = 0, distributionPort = 0, mapperPort = 0] = await freePorts(3);
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    giveTo(user, path);
    return path;
  };
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    TMPDIR: folder,
    LANG: 'C.UTF-8',
    // A machine's own name may not resolve; localhost always does.
    RABBITMQ_NODENAME: 'maskdesk@localhost',
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none'),
    RABBITMQ_CONFIG_FILE: await file('rabbitmq.conf', [`listeners.tcp.1 = 127.0.0.1:${port}`, 'loopback_users = none', ...config, ''].join('\n')),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'none.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: await file('plugins', '[].\n'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_DIST_PORT: String(distributionPort),
    // The script then becomes the server instead of waiting for it, so that its pid is the server's.
    RABBITMQ_ALLOW_INPUT: 'true',
    RABBITMQ_SERVER_START_ARGS: '-noinput',
    ERL_EPMD_PORT: String(mapperPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_CRASH_DUMP_SECONDS: '0',
  };
  const options = { user, env, cwd: folder };
  // Started by us, so that it ends with us: the server would leave one behind.
  const mapper = new ServerProcess(programIn(['/usr/bin', ...scripts], 'epmd') ?? 'epmd', ['-port', String(mapperPort), '-address', '127.0.0.1'], options);

  const start = async (): Promise<ServerProcess> => {
    const started = new ServerProcess(program, [], options);
    await started.saying(/completed with \d+ plugins/, startTimeoutMs).catch(async (error: unknown) => {
      await started.end('SIGKILL');
      throw error;
    });
    return started;
  };
  const control = async (...args: readonly string[]): Promise<string> => {
    const command = new ServerProcess(programIn(scripts, 'rabbitmqctl') ?? 'rabbitmqctl', ['-q', ...args], options);
    if ((await command.ended()) !== 0) throw new Error(`rabbitmqctl ${args.join(' ')} failed: ${command.said}`);
    return command.said;
  };
  const cleanUp = async (): Promise<void> => {
    await mapper.end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };

  let server = await start().catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    port,
    control,
    kill: () => server.end('SIGKILL'),
    restart: async () => {
      await server.end('SIGTERM');
      server = await start();
    },
    stop: async () => {
      await server.end('SIGTERM');
      await cleanUp();
    },
  };
};
