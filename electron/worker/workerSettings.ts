import { availableParallelism } from 'node:os';
import { z } from 'zod';

const seconds = (most: number) => z.number().positive().max(most);
const dayS = 86_400;

/** Inference is one at a time; what is around it (decoding, encoding, placing, publishing) keeps this many busy. */
const standardConcurrency = (): number => Math.min(8, Math.max(3, availableParallelism()));

/** Messages in hand for each asset in work: batch events and messages that wait for another worker's claim keep no place of work. */
const messagesPerAsset = 4;

/**
 * `[worker]` of the configuration. Every key may be left out. Times are in seconds, since people write them.
 * A plain object schema, so that the configuration can name each fault by its key; {@link resolveWorkerSettings} fills in what follows from others.
 */
export const workerSettingsSchema = z.strictObject({
  /** Assets in work at once. Also SERVICE_CONCURRENCY. Default: the cores, 3 to 8. */
  concurrency: z.int().min(1).max(256).optional(),
  /** Messages taken from the broker and not settled yet. Default: four for each asset in work. */
  prefetch: z.int().min(1).max(65_535).optional(),
  /** An asset that takes longer counts as failed (`timeout`). */
  assetDeadlineSeconds: seconds(dayS).default(300),
  /** Tries again after trouble with database, object store or model process, before a message is given up. Also MAX_RETRIES. */
  maxRetries: z.int().min(0).max(1000).default(5),
  /** Pause before the first retry; doubled at each further one up to the longest, with jitter. */
  retryFirstSeconds: seconds(3600).default(1),
  retryLongestSeconds: seconds(dayS).default(60),
  /** A job whose batch event came, and whose assets did not all arrive for so long, is completed with those that are stored. */
  batchTimeoutSeconds: seconds(365 * dayS).default(dayS),
  /** How long the pipeline's row of a picture may come after its message. */
  rowWaitSeconds: seconds(dayS).default(60),
  /** Work that was noted and that nobody touched for so long is taken up without its message. */
  leftOverSeconds: seconds(dayS).default(900),
  /** How long messages that are done with are remembered, so that a repetition is known as one. 0: for ever. */
  inboxDays: z.number().min(0).max(36_500).default(30),
  /** How often what was left over is looked for: batches past their time, work whose worker died. */
  sweepSeconds: seconds(3600).default(30),
  /** After SIGTERM what is in hand may take so long; then it is given back. Less than the time after which a supervisor kills. */
  drainSeconds: z.number().min(0).max(3600).default(20),
  /**
   * Memory that this process and its model process may take together. Intake pauses at nine tenths of it and goes on below eight tenths.
   * Default: three quarters of what the container, or the machine, has.
   */
  memoryMegabytes: z.int().min(256).max(16_777_216).optional(),
  /** Where /healthz, /readyz and /metrics are served. Port 0: any that is free, told in the log. */
  healthHost: z.string().min(1).default('127.0.0.1'),
  healthPort: z.int().min(0).max(65_535).default(9464),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Whether the progress of jobs is told as events of `progressTopic`, at most one a job in so many seconds. */
  progressEvents: z.boolean().default(false),
  progressTopic: z.string().min(1).max(255).default('maskdesk.job.progress'),
  progressSeconds: seconds(dayS).default(10),
  /** Whether re-runs that reviewers ask for are done here, too. */
  runQueue: z.boolean().default(true),
  /** Whether masks are looked at for what is unusual (docs: Checks). Desks do it as well, unless they are closed. */
  checks: z.boolean().default(false),
  /** Whether rows that the pipeline adds without telling anybody are found. */
  newcomers: z.boolean().default(true),
  /** Whether weights that are missing are fetched at start; else their lack ends it. */
  fetchModels: z.boolean().default(true),
});
export type WorkerSettingsInput = z.infer<typeof workerSettingsSchema>;

export interface WorkerSettings extends WorkerSettingsInput {
  readonly concurrency: number;
  readonly prefetch: number;
  readonly memoryMegabytes: number;
}

const bytesPerMegabyte = 1024 * 1024;

/** @param availableBytes what the container or the machine has */
export const resolveWorkerSettings = (given: WorkerSettingsInput, availableBytes: number): WorkerSettings => {
  const concurrency = given.concurrency ?? standardConcurrency();
  return {
    ...given,
    concurrency,
    prefetch: given.prefetch ?? messagesPerAsset * concurrency,
    memoryMegabytes: given.memoryMegabytes ?? Math.max(512, Math.floor((0.75 * availableBytes) / bytesPerMegabyte)),
  };
};

/** What holds where the configuration says nothing. */
export const standardWorkerSettings: WorkerSettingsInput = workerSettingsSchema.parse({});
