import { imageBatchMasked, imageMasked, keyframeBatchMasked, keyframesMasked } from '../pipeline.ts';
import { batchKey, type Outcome } from '../outcome.ts';
import type { PlannedJob } from '../stream.ts';
import type { Checker } from './checker.ts';

/**
 * One batch event a job. Its total is exact: the sound pictures, less those whose mask somebody had rejected before the worker could publish it (that each of
 * those was is checked with its mask).
 */
export const checkBatches = (checker: Checker, outcome: Outcome): void => {
  for (const job of outcome.jobs) checkBatch(checker, outcome, job);
  const jobIds = new Set(outcome.jobs.map(({ jobId }) => jobId));
  for (const { event } of outcome.received) checker.that('batch', jobIds.has(event.job_id), () => `an event of ${event.job_id}, which is no job`);
};

const checkBatch = (checker: Checker, { received, intake, batches }: Outcome, job: PlannedJob): void => {
  const isImages = job.kind === 'product_image';
  const events = received.filter(({ topic, event }) => topic === (isImages ? imageBatchMasked : keyframeBatchMasked) && event.job_id === job.jobId);
  const ids = new Set(events.map(({ event }) => event.event_id));
  checker.that('batch', ids.size === 1, () => `${job.jobId}: ${ids.size} batch event ids`);
  const totals = new Set(events.map(({ event }) => (isImages ? event.total_images : event.total_keyframes)));
  const rows = intake.filter(({ jobId, asset }) => jobId === job.jobId && asset.kind === job.kind);
  const stored = rows.filter(({ state }) => state === 'stored');
  const rejected = rows.filter(({ errorCode }) => errorCode === 'rejected').length;
  const right = job.assets.filter(({ isCorrupt }) => !isCorrupt).length - rejected;
  checker.that('batch', totals.size === 1 && totals.has(right), () => `${job.jobId}: total ${[...totals].join(' and ')}, right is ${right}`);
  const batch = batches.get(batchKey(job));
  checker.that('batch', batch !== undefined && ids.has(batch.eventId), () => `${job.jobId}: its batch event is not the one of the database`);
  const progress = batch?.progress;
  checker.that(
    'batch',
    progress !== undefined && progress.sentTotal === right && progress.stored === right && progress.missing === 0 && progress.arrived === job.assets.length && !progress.isTimedOut,
    () => `${job.jobId}: the database says ${JSON.stringify(progress)}, right is ${right}`,
  );
  const batchAtMs = Math.min(...events.map(({ publishedAtMs }) => publishedAtMs));
  const answers = received.filter(({ topic, event }) => topic === (isImages ? imageMasked : keyframesMasked) && event.job_id === job.jobId);
  for (const eventId of new Set(stored.map((row) => row.eventId))) {
    const firstAtMs = Math.min(...answers.filter(({ event }) => event.event_id === eventId).map(({ publishedAtMs }) => publishedAtMs));
    checker.that('batch', firstAtMs <= batchAtMs, () => `${job.jobId}: its batch event came before the event ${eventId} of one of its assets`);
  }
};
