import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '../../electron/app/config.ts';
import { createApp, type App } from '../../electron/app/createApp.ts';
import { createRandom } from '../../electron/cli/crash/random.ts';
import { standardTopics } from '../../electron/services/intake/intakeOptions.ts';
import { inRootOf } from './root.ts';
import { Actor } from './actor.ts';
import { Checker, checkAll } from './checks.ts';
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
  readonly checks: number;
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

const inWorld = async (world: World, { minutes, seed, workers: workerCount, desks: deskCount, say, only, restSeconds }: ChaosOptions): Promise<ChaosReport> => {
  // Independent of each other, so that one more fault does not change the stream of jobs.
  const [jobRandom, faultRandom, photoRandom] = [createRandom(seed), createRandom(seed + 1), createRandom(seed + 2)];
  const run = String(seed);
  const config = { ...(await loadConfig({ configFile: world.directConfigFile, create: true })), background: false };
  const app = await createApp(config);
  const pipeline = new Pipeline(world, app.blobs);
  await pipeline.start(workerTopics);

  const deskLines: DeskLine[] = [];
  const cacheFolders: string[] = [];
  const envOf = (name: string): NodeJS.ProcessEnv => {
    const cacheFolder = join(world.folder, name, 'blobs');
    cacheFolders.push(cacheFolder);
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
  const strike = async (): Promise<void> => {
    const possible: readonly Fault[] = faults.filter(({ name }) => only.length === 0 || only.includes(name));
    let order: Fault[] = [];
    await waitUnless(isOver, 10_000);
    while (!isOver()) {
      // Each kind once before any comes again.
      if (order.length === 0) order = [...possible];
      const [fault] = order.splice(faultRandom.below(order.length), 1);
      if (fault === undefined) return;
      say(`${fault.name} ...`);
      await fault.strike({ world, workers, desks, cacheFolders, random: faultRandom, say });
      struck.set(fault.name, (struck.get(fault.name) ?? 0) + 1);
      await waitUnless(isOver, 500 + faultRandom.below(3_000));
    }
  };
  await Promise.all([sendJobs(), strike()]);

  say('all is mended; coming to rest');
  for (const proxy of Object.values(world.proxies)) {
    proxy.slow(null);
    proxy.cutAfter(null);
    proxy.setMode('pass');
  }
  const unrest = new Checker();
  for (const desk of desks) unrest.that((await desk.end('SIGTERM')) !== '', () => `${desk.name} did not end`);
  await eventually(() => assertAtRest(app, pipeline, jobs), () => true, restSeconds * 1000).catch((error: unknown) => unrest.faults.push(`not at rest after ${restSeconds} s: ${(error as Error).message}`));
  for (const worker of workers) {
    const how = await worker.end('SIGTERM');
    // By the signal itself: it had just been started and had not come to listening for it.
    unrest.that(how === 0 || how === 'SIGTERM', () => `${worker.name} ended with ${how} after SIGTERM`);
  }
  for (const actor of actors) unrest.faults.push(...actor.unasked);

  const deadLetters: string[] = [];
  for (const topic of workerTopics) deadLetters.push(...(await pipeline.broker.drain(`queue.${topic}.dlq`)));
  const checker = await checkAll(app, { jobs, poison, deskLines, pipeline, deadLetters });
  await pipeline.close();
  await app.close();
  return {
    struck,
    jobs: jobs.length,
    assets: jobs.reduce((sum, job) => sum + job.assets.length, 0),
    messages: jobs.reduce((sum, job) => sum + job.messages.length, 0),
    poison: poison.length,
    refused: countBy(deskLines.flatMap((line) => (line.kind === 'refused' ? [line.code] : []))),
    verdicts: deskLines.filter(({ kind }) => kind === 'acknowledged').length,
    events: pipeline.received.length,
    checks: checker.checks + unrest.checks,
    faults: [...unrest.faults, ...checker.faults],
    folder: world.folder,
  };
};

const countBy = (words: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
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

