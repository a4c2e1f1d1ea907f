import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './freePort.ts';

/** An answer that the server gives instead of doing what is asked, as a server in trouble would. */
export interface S3Fault {
  /** 503, 500, 403, 507 ... */
  readonly status: number;
  /** S3's word: SlowDown, InternalError, AccessDenied, QuotaExceeded ... */
  readonly code: string;
  /** How many requests are answered so. Default 1. */
  readonly times?: number;
  /** Only requests of this method. Default: all. */
  readonly method?: 'GET' | 'PUT' | 'HEAD' | 'POST' | 'DELETE';
}

/** What a connection needs (electron/blobs/s3/options.ts). */
export interface S3Access {
  readonly endpoint: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface S3Server {
  readonly access: S3Access;
  readonly host: string;
  readonly port: number;
  /** Where its buckets lie. */
  readonly folder: string;
  /** The next requests get this answer. */
  fault(fault: S3Fault): Promise<void>;
  /** Requests that reached it since its start, by method. */
  requests(): Promise<Readonly<Record<string, number>>>;
  /** As when its machine loses power: every connection is gone; data stays. */
  kill(): Promise<void>;
  /** Ends it, if it runs, and starts it at the same port with the same data. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

export interface S3ServerOptions {
  /** Made at start. Default maskdesk. */
  readonly bucket?: string;
  readonly port?: number;
  /** Files with key and certificate (PEM): the server then speaks TLS. */
  readonly tls?: { readonly keyFile: string; readonly certificateFile: string };
}

const program = fileURLToPath(new URL('./s3Program.ts', import.meta.url));
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/** Starts an S3 server (npm s3rver, in a process of its own) on loopback. It ends with this process, whatever ends that. */
export const startS3 = async (options: S3ServerOptions = {}): Promise<S3Server> => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-s3-'));
  const { bucket = 'maskdesk', tls } = options;
  const port = options.port ?? (await freePort());
  const host = '127.0.0.1';
  const settings = JSON.stringify({ folder, bucket, host, port, ...tls });

  const start = async (): Promise<ChildProcess> => {
    // Its list tokens are made with DES, which newer OpenSSL keeps in its legacy provider.
    const env = { ...process.env, NODE_OPTIONS: '--openssl-legacy-provider --disable-warning=ExperimentalWarning' };
    const child = fork(program, [settings], { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [null])])) as [unknown];
    if (first !== 'ready') throw new Error(`The S3 server for tests did not start at ${host}:${port}`);
    return child;
  };

  const end = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };

  let child = await start();
  const ask = async (question: object): Promise<unknown> => {
    const answered = once(child, 'message');
    child.send(question);
    return ((await answered) as [unknown])[0];
  };

  return {
    access: { endpoint: `${tls === undefined ? 'http' : 'https'}://${host}:${port}`, bucket, credentials },
    host,
    port,
    folder,
    fault: async (fault) => void (await ask({ fault })),
    requests: async () => (await ask({ count: true })) as Record<string, number>,
    kill: () => end(child),
    restart: async () => {
      await end(child);
      child = await start();
    },
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
