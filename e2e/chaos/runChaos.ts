import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '../../electron/app/config.ts';
import { createApp, type App } from '../../electron/app/createApp.ts';
import { createRandom } from '../../electron/cli/crash/random.ts';
import { standardTopics } from '../../electron/services/intake/intakeOptions.ts';
import { inRootOf } from './root.ts';
import { Actor } from './actor.ts';
import { breaks } from './breaks.ts';
import { CacheDisk } from './cacheDisk.ts';
import { Checker, type CheckKind } from './checks/checker.ts';
import { checkOutcome } from './checks/checkOutcome.ts';
import { checkTheChecks, type Trial } from './checks/checkTheChecks.ts';
import { collect } from './collect.ts';
import { deskLine, type DeskLine } from './deskLine.ts';
import { eventually } from './eventually.ts';
import { faults, type Fault } from './faults.ts';
import { imageBatchMasked, keyframeBatchMasked, Pipeline } from './pipeline.ts';
import { planJob, planPoison, type PlannedJob, type PlannedMessage } from './stream.ts';
import { startWorld, type World } from './world.ts';

export interface ChaosOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly workers: number;
  readonly desks: number;
  readonly say: (line: string) => void;
  /** Names of the faults that may strike; all of them where it is empty. */
  readonly only: readonly string[];
  readonly keep: boolean;
  /** Name of a wrong (breaks.ts) that is done to what came out before it is checked; null: none. */
  readonly breakName: string | null;
  /** What the world has to come to rest in, once nothing disturbs it any more. */
  readonly restSeconds: number;
}

export interface ChaosReport {
  readonly struck: ReadonlyMap<string, number>;
  readonly jobs: number;
  readonly assets: number;
  readonly messages: number;
  readonly poison: number;
  readonly verdicts: number;
  /** Turns of desks that came to nothing, by the error's code. */
  readonly refused: ReadonlyMap<string, number>;
  readonly events: number;
  readonly checks: ReadonlyMap<CheckKind, number>;
  /** How the checks did with wrongs that were done on purpose; null where something was wrong anyway. */
  readonly trial: Trial | null;
  /** Pictures that a reviewer rejected before the worker could publish their mask: the one thing that makes a total smaller. */
  readonly rejectedFirst: number;
  readonly faults: readonly string[];
  readonly folder: string;
}

const workerTopics = Object.values(standardTopics).flat();

export const runChaos = async (options: ChaosOptions): Promise<ChaosReport> => {
  const { say } = options;
  say('starting PostgreSQL, RabbitMQ and the object store');
  const world = await startWorld();
  let isWhole = false;
  try {
    const report = await inWorld(world, options);
    isWhole = report.faults.length === 0;
    return report;
  } finally {
    await world.stop(options.keep || !isWhole);
  }
};

const inWorld = async (world: World, { minutes, seed, workers: workerCount, desks: deskCount, say, only, restSeconds, breakName }: ChaosOptions): Promise<ChaosReport> => {
  // Independent of each other, so that one more fault does not change the stream of jobs.
  const [jobRandom, faultRandom, photoRandom] = [createRandom(seed), createRandom(seed + 1), createRandom(seed + 2)];
  const run = String(seed);
  const config = { ...(await loadConfig({ configFile: world.directConfigFile, create: true })), background: false };
  const app = await createApp(config);
  const pipeline = new Pipeline(world, app.blobs);
  await pipeline.start(workerTopics);

  const deskLines: DeskLine[] = [];
  const caches: CacheDisk[] = [];
  const checker = new Checker();
  const envOf = (name: string): NodeJS.ProcessEnv => {
    const cacheFolder = join(world.folder, name, 'blobs');
    caches.push(new CacheDisk(cacheFolder));
    return { MASKDESK_DATA: join(world.folder, name, 'data'), MASKDESK_BLOBS_CACHE_FOLDER: cacheFolder };
  };
  const logFile = (name: string): string => join(world.folder, 'logs', `${name}.log`);
  const workers = Array.from({ length: workerCount }, (_, index) => {
    const name = `worker-${index + 1}`;
    return new Actor(name, { args: [inRootOf('electron/cli/main.ts'), 'worker', '--config', world.configFile], env: envOf(name), logFile: logFile(name), onLine: () => undefined });
  });
  const desks = Array.from({ length: deskCount }, (_, index) => {
    const name = `desk-${index + 1}`;
    // A desk that is killed goes on with its seed: what it does depends on the store anyway.
    return new Actor(name, {
      args: [inRootOf('e2e/chaos/deskProcess.ts'), world.deskConfigFile, String(seed + 10 + index), name],
      env: envOf(name),
      logFile: logFile(name),
      onLine: (line) => deskLines.push(deskLine.parse(JSON.parse(line))),
    });
  });
  const actors = [...workers, ...desks];
  for (const actor of actors) actor.start();

  const struck = new Map<string, number>();
  const jobs: PlannedJob[] = [];
  const poison: PlannedMessage[] = [];
  const endMs = performance.now() + minutes * 60_000;
  const isOver = (): boolean => performance.now() >= endMs;

  const sendJobs = async (): Promise<void> => {
    while (!isOver()) {
      const job = planJob(jobRandom, jobs.length, run);
      jobs.push(job);
      await pipeline.run(job, photoRandom);
      if (jobRandom.below(3) === 0) {
        const message = planPoison(jobRandom, poison.length, run);
        poison.push(message);
        await pipeline.send(message);
      }
      await waitUnless(isOver, 500 + jobRandom.below(2_500));
    }
  };
  /** Each kind once before any comes again; what is in trouble already gets no second one. */
  const order: Fault[] = [];
  const inTrouble = new Set<Fault['on']>();
  const nextFault = (): Fault | undefined => {
    if (order.length === 0) order.push(...faults.filter(({ name }) => only.length === 0 || only.includes(name)));
    const possible = order.filter(({ on }) => !inTrouble.has(on));
    const fault = possible[faultRandom.below(Math.max(1, possible.length))];
    if (fault !== undefined) order.splice(order.indexOf(fault), 1);
    return fault;
  };
  const strike = async (): Promise<void> => {
    await waitUnless(isOver, 10_000);
    while (!isOver()) {
      const fault = nextFault();
      if (fault !== undefined) {
        say(`${fault.name} ...`);
        inTrouble.add(fault.on);
        const came = await fault.strike({ world, workers, desks, caches, app, jobs, random: faultRandom, checker, onLine: (line) => deskLines.push(line) });
        inTrouble.delete(fault.on);
        const name = typeof came === 'string' ? `${fault.name} (${came})` : fault.name;
        struck.set(name, (struck.get(name) ?? 0) + 1);
      }
      await waitUnless(isOver, 500 + faultRandom.below(3_000));
    }
  };
  // Two at a time: a server that restarts while another is away is where retries meet.
  await Promise.all([sendJobs(), strike(), strike()]);

  say('all is mended; coming to rest');
  for (const proxy of Object.values(world.proxies)) {
    proxy.slow(null);
    proxy.cutAfter(null);
    proxy.setMode('pass');
  }
  for (const desk of desks) {
    const how = await desk.end('SIGTERM');
    checker.that('rest', how === 'SIGTERM', () => `${desk.name} ended with ${how}`);
  }
  const restMs = restSeconds * 1000;
  await eventually(() => assertAtRest(app, pipeline, jobs), () => true, restMs).catch((error: unknown) => checker.faults.push(`rest: not after ${restSeconds} s: ${(error as Error).message}`));
  // Puts that landed late are mended by whoever watches their places; nothing else may still be wrong then.
  const witnessed = { jobs, poison, deskLines, deadLetters: [] };
  await eventually(async () => assertMended(checkOutcome(await collect(app, pipeline, witnessed))), () => true, mendedWithinMs).catch(() => undefined);
  for (const worker of workers) {
    await worker.ready().catch((error: unknown) => checker.faults.push(`rest: ${(error as Error).message}`));
    const how = await worker.end('SIGTERM');
    checker.that('rest', how === 0, () => `${worker.name} ended with ${how} after SIGTERM`);
  }
  for (const actor of actors) checker.that('rest', actor.unasked.length === 0, () => actor.unasked.join(', '));

  const deadLetters: string[] = [];
  for (const topic of workerTopics) deadLetters.push(...(await pipeline.broker.drain(`queue.${topic}.dlq`)));
  const outcome = await collect(app, pipeline, { ...witnessed, deadLetters });
  const wrong = breaks.find(({ name }) => name === breakName);
  const found = checkOutcome(wrong?.spoil(outcome) ?? outcome);
  const trial = found.faults.length === 0 ? checkTheChecks(outcome) : null;
  for (const name of trial?.unnoticed ?? []) checker.faults.push(`the checks did not notice: ${name}`);
  for (const [kind, count] of found.counts) checker.counts.set(kind, (checker.counts.get(kind) ?? 0) + count);
  await pipeline.close();
  await app.close();
  for (const cache of caches) cache.dispose();
  return {
    struck,
    jobs: jobs.length,
    assets: jobs.reduce((sum, job) => sum + job.assets.length, 0),
    messages: jobs.reduce((sum, job) => sum + job.messages.length, 0),
    poison: poison.length,
    refused: countBy(deskLines.flatMap((line) => (line.kind === 'refused' ? [line.code] : []))),
    verdicts: deskLines.filter(({ kind }) => kind === 'acknowledged').length,
    events: pipeline.received.length,
    checks: checker.counts,
    trial,
    rejectedFirst: outcome.intake.filter(({ errorCode }) => errorCode === 'rejected').length,
    faults: [...checker.faults, ...found.faults],
    folder: world.folder,
  };
};

const countBy = (words: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

/** A mask that a late put has covered is looked at again within the window of lateness (world.ts). */
const mendedWithinMs = 60_000;

const assertMended = ({ faults: found }: Checker): void => {
  const masks = found.filter((fault) => fault.startsWith('mask: '));
  if (masks.length > 0) throw new Error(masks[0]);
};

const waitUnless = async (isOver: () => boolean, ms: number): Promise<void> => {
  const untilMs = performance.now() + ms;
  while (!isOver() && performance.now() < untilMs) await wait(Math.min(200, ms));
};

/** Every message is handled, every event is out, every job has had its batch event. @throws Error that says what is still going on */
const assertAtRest = async (app: App, pipeline: Pipeline, jobs: readonly PlannedJob[]): Promise<void> => {
  const { store } = app.services;
  const done = new Set(pipeline.received.filter(({ topic }) => topic === imageBatchMasked || topic === keyframeBatchMasked).map(({ event }) => event.job_id));
  const waiting = jobs.filter(({ jobId }) => !done.has(jobId)).map(({ jobId }) => jobId);
  if (waiting.length > 0) throw new Error(`jobs without their batch event: ${waiting.slice(0, 5).join(', ')} (${waiting.length})`);
  const depths = (await app.broker.consumer?.depths(workerTopics)) ?? [];
  const ready = depths.reduce((sum, depth) => sum + depth.ready, 0);
  if (ready > 0) throw new Error(`${ready} messages wait in queues`);
  const left = await store.intake.leftOver(0, 1);
  if (left.length > 0) throw new Error(`message ${left[0]?.messageId} of ${left[0]?.jobId} waits`);
  const [unsent, pending] = [await store.outbox.unsentCount(), await store.publications.pendingCount()];
  if (unsent + pending > 0) throw new Error(`${unsent} events and ${pending} publications wait`);
};

