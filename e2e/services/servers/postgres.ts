import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';

const run = promisify(execFile);

/** A real PostgreSQL of a test's own, on a free port of this machine's loopback, its data in a temporary folder. */
export interface PostgresServer {
  /** Of the database `postgres`, as the superuser `maskdesk`, without a password. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Ends it in order; its data stay for {@link restart}. */
  stop(): Promise<void>;
  /** Ends all of its processes at once, as a power cut would. */
  kill(): Promise<void>;
  /** Same port, same data. Ends it first where it runs. */
  restart(): Promise<void>;
  /** A fresh database. @param template copied instead of an empty one; nobody may be connected to it meanwhile. @returns its url */
  createDatabase(name: string, template?: string): Promise<string>;
  /** Runs SQL by psql. @param database default: postgres. @returns what it printed, unaligned and without headers */
  sql(text: string, database?: string): Promise<string>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

export interface PostgresServerOptions {
  readonly port?: number;
  /** Lines of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines of pg_hba.conf in place of "everybody on this machine may". The superuser may still come by its socket. */
  readonly hba?: readonly string[];
  /** Default: C.UTF-8. */
  readonly locale?: string;
}

const startWithinMs = 30_000;

/** Debian's, the newest version that is there; else those on the PATH. */
const findPrograms = async (): Promise<string> => {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  const newest = versions.sort((one, other) => Number(other) - Number(one))[0];
  return newest === undefined ? '' : `${join(root, newest, 'bin')}/`;
};

/** PostgreSQL refuses to run as root: then it runs as its own user. */
const isRoot = process.getuid?.() === 0;
const asServer = (program: string, args: readonly string[]): [string, string[]] =>
  isRoot ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', program, ...args]] : [program, [...args]];

export const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const childrenOf = async (pid: number): Promise<number[]> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter((part) => part !== '').map(Number);
};

const killQuietly = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

const serverUser = async (): Promise<{ readonly uid: number; readonly gid: number }> => {
  if (!isRoot) return userInfo();
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('postgres:'));
  if (line === undefined) throw new Error('There is no user postgres: install the package postgresql');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
};

export const startPostgres = async (options: PostgresServerOptions = {}): Promise<PostgresServer> => {
  const programs = await findPrograms();
  const root = await mkdtemp(join(tmpdir(), 'maskdesk-pg-'));
  const { uid, gid } = await serverUser();
  if (isRoot) await chown(root, uid, gid);
  const dataDir = join(root, 'data');
  const port = options.port ?? (await freePort());
  await run(...asServer(`${programs}initdb`, ['-D', dataDir, '-U', 'maskdesk', '--auth=trust', '--encoding=UTF8', `--locale=${options.locale ?? 'C.UTF-8'}`, '--no-sync', '--no-instructions']), { cwd: root });
  const settings = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: root, max_connections: '120', log_min_messages: 'error', ...options.settings };
  const conf = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  await writeFile(join(dataDir, 'postgresql.auto.conf'), conf.join(''));
  if (options.hba !== undefined) await writeFile(join(dataDir, 'pg_hba.conf'), ['local all maskdesk trust', ...options.hba, ''].join('\n'));

  let postmaster: ChildProcess | null = null;
  const sql = async (text: string, database = 'postgres'): Promise<string> => {
    const args = ['-h', root, '-p', String(port), '-U', 'maskdesk', '-d', database, '-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', text];
    return (await run(...asServer(`${programs}psql`, args), { cwd: root })).stdout.trim();
  };

  const startOnce = async (deadlineMs: number): Promise<void> => {
    const child = spawn(...asServer(`${programs}postgres`, ['-D', dataDir]), { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + String(chunk)).slice(-4_000)));
    postmaster = child;
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`PostgreSQL did not start: ${said}`);
      try {
        await sql('select 1');
        return;
      } catch (error) {
        if (performance.now() > deadlineMs) throw new Error(`PostgreSQL did not start in time: ${said}`, { cause: error });
      }
      await wait(30);
    }
  };

  /** Of processes that were killed a moment ago some may still be on their way out, with the memory that they shared. */
  const isStillInUse = (error: unknown): boolean => error instanceof Error && error.message.includes('still in use');
  const start = async (): Promise<void> => {
    const deadlineMs = performance.now() + startWithinMs;
    for (;;) {
      try {
        return await startOnce(deadlineMs);
      } catch (error) {
        if (!isStillInUse(error) || performance.now() > deadlineMs) throw error;
        await wait(100);
      }
    }
  };

  const end = async (how: (pid: number) => Promise<void>): Promise<void> => {
    const child = postmaster;
    postmaster = null;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    await how(child.pid);
    await ended;
  };

  const stop = (): Promise<void> =>
    end(async (pid) => {
      // "Fast": clients are told and dropped.
      process.kill(pid, 'SIGINT');
    });

  const kill = (): Promise<void> =>
    end(async (pid) => {
      // Stopped, it makes no more children while they are counted: one that outlived it would keep its shared memory from the next start.
      process.kill(pid, 'SIGSTOP');
      const children = await childrenOf(pid);
      killQuietly(pid);
      children.forEach(killQuietly);
    });

  await start();
  return {
    url: `postgres://maskdesk@127.0.0.1:${port}/postgres`,
    port,
    dataDir,
    stop,
    kill,
    restart: async () => {
      await stop();
      await start();
    },
    createDatabase: async (name, template) => {
      await sql(`create database "${name}"${template === undefined ? '' : ` template "${template}"`}`);
      return `postgres://maskdesk@127.0.0.1:${port}/${name}`;
    },
    sql,
    dispose: async () => {
      await stop();
      await rm(root, { recursive: true, force: true });
    },
  };
};
