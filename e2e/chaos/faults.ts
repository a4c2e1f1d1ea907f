import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../../electron/app/createApp.ts';
import type { Random } from '../../electron/cli/crash/random.ts';
import type { TcpProxy } from '../services/servers/tcpProxy.ts';
import type { Actor } from './actor.ts';
import type { CacheDisk } from './cacheDisk.ts';
import type { Checker } from './checks/checker.ts';
import type { DeskLine } from './deskLine.ts';
import { letPutLandLate } from './latePut.ts';
import type { PlannedJob } from './stream.ts';
import type { World } from './world.ts';

export interface FaultParts {
  readonly world: World;
  readonly workers: readonly Actor[];
  readonly desks: readonly Actor[];
  readonly caches: readonly CacheDisk[];
  /** Past the proxies. */
  readonly app: App;
  readonly jobs: readonly PlannedJob[];
  readonly random: Random;
  readonly checker: Checker;
  readonly onLine: (line: DeskLine) => void;
}

/** What is in trouble: one trouble at a time for each, while others are in trouble too. */
export const targets = ['workers', 'desks', 'PostgreSQL', 'RabbitMQ', 'object store', 'network', 'puts', 'caches'] as const;

/** One kind of trouble: done, lasting a while, and mended again when it resolves. */
export interface Fault {
  readonly name: string;
  readonly on: (typeof targets)[number];
  /** @returns what came of it, for the report; nothing where it is always the same */
  strike(parts: FaultParts): Promise<string | void>;
}

const pick = <T>(random: Random, choices: readonly T[]): T => choices[random.below(choices.length)] as T;

const killAndStart = async (actor: Actor, random: Random): Promise<void> => {
  await actor.end('SIGKILL');
  await wait(random.below(2_000));
  actor.start();
};

const someProxy = ({ world: { proxies }, random }: FaultParts): TcpProxy => pick(random, [proxies.postgres, proxies.rabbit, proxies.s3]);

export const faults: readonly Fault[] = [
  { name: 'kill -9 a worker', on: 'workers', strike: ({ workers, random }) => killAndStart(pick(random, workers), random) },
  { name: 'kill -9 a desk', on: 'desks', strike: ({ desks, random }) => killAndStart(pick(random, desks), random) },
  {
    name: 'end a worker by SIGTERM',
    on: 'workers',
    strike: async ({ workers, random, checker }) => {
      const worker = pick(random, workers);
      const { hasSpoken } = worker;
      const how = await worker.end('SIGTERM');
      worker.start();
      // In the first moments Node itself is not there yet.
      checker.that('rest', how === 0 || (!hasSpoken && how === 'SIGTERM'), () => `${worker.name} ended with ${how} after SIGTERM`);
    },
  },
  { name: 'restart PostgreSQL', on: 'PostgreSQL', strike: ({ world }) => world.postgres.restart() },
  {
    name: 'kill -9 PostgreSQL',
    on: 'PostgreSQL',
    strike: async ({ world, random }) => {
      await world.postgres.kill();
      await wait(random.below(3_000));
      await world.postgres.restart();
    },
  },
  { name: 'restart RabbitMQ', on: 'RabbitMQ', strike: ({ world }) => world.rabbit.restart() },
  {
    name: 'kill -9 RabbitMQ',
    on: 'RabbitMQ',
    strike: async ({ world }) => {
      await world.rabbit.kill();
      await world.rabbit.restart();
    },
  },
  {
    name: 'stop the object store',
    on: 'object store',
    strike: async ({ world, random }) => {
      await world.s3.kill();
      await wait(500 + random.below(5_000));
      await world.s3.restart();
    },
  },
  { name: 'the object store answers 503', on: 'object store', strike: ({ world, random }) => world.s3.fault({ status: 503, code: 'SlowDown', times: 1 + random.below(10) }) },
  { name: 'cut all connections to a server', on: 'network', strike: async (parts) => void someProxy(parts).cut() },
  {
    name: 'cut a connection in the middle of its bytes',
    on: 'network',
    strike: async (parts) => someProxy(parts).cutAfter(parts.random.below(20_000), pick(parts.random, ['toServer', 'toClient'] as const)),
  },
  {
    name: 'a slow network',
    on: 'network',
    strike: async (parts) => {
      const proxy = someProxy(parts);
      proxy.slow({ bytesPerS: 50_000, latencyMs: 50 + parts.random.below(250) });
      await wait(3_000 + parts.random.below(4_000));
      proxy.slow(null);
    },
  },
  {
    name: 'a network that swallows everything',
    on: 'network',
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
    on: 'puts',
    strike: ({ world, app, jobs, onLine }) => letPutLandLate({ proxy: world.proxies.s3, app, jobs, onLine }),
  },
  {
    name: 'a full cache',
    on: 'caches',
    strike: async ({ caches, random }) => {
      const cache = pick(random, caches);
      await cache.fill();
      return cache.isDisk ? 'no space on its disk' : 'over its limit';
    },
  },
];
