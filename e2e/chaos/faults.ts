import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../electron/cli/crash/random.ts';
import type { TcpProxy } from '../services/servers/tcpProxy.ts';
import type { Actor } from './actor.ts';
import type { World } from './world.ts';

export interface FaultParts {
  readonly world: World;
  readonly workers: readonly Actor[];
  readonly desks: readonly Actor[];
  /** Folders of the workers' and desks' caches. */
  readonly cacheFolders: readonly string[];
  readonly random: Random;
  readonly say: (line: string) => void;
}

/** One kind of trouble: done, lasting a while, and mended again when it resolves. */
export interface Fault {
  readonly name: string;
  strike(parts: FaultParts): Promise<void>;
}

const pick = <T>(random: Random, choices: readonly T[]): T => choices[random.below(choices.length)] as T;

const killAndStart = async (actor: Actor, random: Random): Promise<void> => {
  await actor.end('SIGKILL');
  await wait(random.below(2_000));
  actor.start();
};

const someProxy = ({ world: { proxies }, random }: FaultParts): TcpProxy => pick(random, [proxies.postgres, proxies.rabbit, proxies.s3]);

/** A mask's file at its stable path; revisions are named by their digest and can't be late in a way that matters. */
const isStablePut = (head: string): boolean => /^PUT \S*\/data\/masks\//.test(head);

export const faults: readonly Fault[] = [
  { name: 'kill -9 a worker', strike: ({ workers, random }) => killAndStart(pick(random, workers), random) },
  { name: 'kill -9 a desk', strike: ({ desks, random }) => killAndStart(pick(random, desks), random) },
  {
    name: 'end a worker by SIGTERM',
    strike: async ({ workers, random }) => {
      const worker = pick(random, workers);
      await worker.end('SIGTERM');
      worker.start();
    },
  },
  { name: 'restart PostgreSQL', strike: ({ world }) => world.postgres.restart() },
  {
    name: 'kill -9 PostgreSQL',
    strike: async ({ world, random }) => {
      await world.postgres.kill();
      await wait(random.below(3_000));
      await world.postgres.restart();
    },
  },
  { name: 'restart RabbitMQ', strike: ({ world }) => world.rabbit.restart() },
  {
    name: 'kill -9 RabbitMQ',
    strike: async ({ world }) => {
      await world.rabbit.kill();
      await world.rabbit.restart();
    },
  },
  {
    name: 'stop the object store',
    strike: async ({ world, random }) => {
      await world.s3.kill();
      await wait(500 + random.below(5_000));
      await world.s3.restart();
    },
  },
  { name: 'the object store answers 503', strike: ({ world, random }) => world.s3.fault({ status: 503, code: 'SlowDown', times: 1 + random.below(10) }) },
  { name: 'cut all connections to a server', strike: async (parts) => void someProxy(parts).cut() },
  {
    name: 'cut a connection in the middle of its bytes',
    strike: async (parts) => someProxy(parts).cutAfter(parts.random.below(20_000), pick(parts.random, ['toServer', 'toClient'] as const)),
  },
  {
    name: 'a slow network',
    strike: async (parts) => {
      const proxy = someProxy(parts);
      proxy.slow({ bytesPerS: 50_000, latencyMs: 50 + parts.random.below(250) });
      await wait(3_000 + parts.random.below(4_000));
      proxy.slow(null);
    },
  },
  {
    name: 'a network that swallows everything',
    strike: async (parts) => {
      const proxy = someProxy(parts);
      proxy.setMode('hang');
      await wait(2_000 + parts.random.below(6_000));
      // What was swallowed left holes in every stream: they end, as they do when a router comes back without its tables.
      proxy.cut();
      proxy.setMode('pass');
    },
  },
  {
    name: 'a PUT that lands late',
    strike: async ({ world, random }) => {
      const deadline = new AbortController();
      const held = await Promise.race([world.proxies.s3.holdNext(isStablePut), wait(20_000, null, { signal: deadline.signal })]);
      deadline.abort();
      if (held === null) return;
      await wait(5_000 + random.below(10_000));
      await held.release();
    },
  },
  {
    name: 'a full cache',
    strike: async ({ cacheFolders, random }) => {
      const folder = pick(random, cacheFolders);
      const junk = join(folder, 'somebody-elses.bin');
      await mkdir(folder, { recursive: true });
      await writeFile(junk, Buffer.alloc(4 << 20));
      await wait(3_000);
      await rm(junk, { force: true });
    },
  },
];
