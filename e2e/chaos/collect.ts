import { createHash } from 'node:crypto';
import type { App } from '../../electron/app/createApp.ts';
import type { AssetKind, AssetRef } from '../../shared/domain/asset.ts';
import { asId } from '../../shared/domain/ids.ts';
import type { BatchProgress } from '../../shared/domain/intake.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { isExpected } from '../../shared/errors/errors.ts';
import type { DeskLine } from './deskLine.ts';
import { batchKey, type AssetOutcome, type FinishedPublication, type IntakeRow, type Outcome } from './outcome.ts';
import type { Pipeline } from './pipeline.ts';
import type { PlannedAsset, PlannedJob, PlannedMessage } from './stream.ts';

export interface Witnessed {
  readonly jobs: readonly PlannedJob[];
  readonly poison: readonly PlannedMessage[];
  readonly deskLines: readonly DeskLine[];
  readonly deadLetters: readonly string[];
}

/** Reads what there is, past caches and proxies. */
export const collect = async (app: App, pipeline: Pipeline, { jobs, poison, deskLines, deadLetters }: Witnessed): Promise<Outcome> => {
  const { store } = app.services;
  const assets: AssetOutcome[] = [];
  const times = await publicationTimes(pipeline);
  for (const job of jobs) for (const asset of job.assets) assets.push(await assetOutcome(app, asset, times));
  const batches = new Map<string, { eventId: string; progress: BatchProgress }>();
  const eventIds = await batchEventIds(pipeline);
  for (const job of jobs) {
    const progress = await store.intake.batch(asId(job.jobId), job.kind);
    if (progress !== null) batches.set(batchKey(job), { eventId: eventIds.get(batchKey(job)) ?? '', progress });
  }
  const verdicts = new Map<string, Verdict>();
  for (const line of deskLines) {
    if (line.kind !== 'acknowledged') continue;
    const verdict = await store.review.get(asId(line.verdictId));
    if (verdict !== null) verdicts.set(verdict.verdictId, verdict);
  }
  return {
    jobs,
    poison,
    deskLines,
    deadLetters,
    assets,
    intake: await intakeRows(pipeline),
    batches,
    received: pipeline.received,
    unreadable: pipeline.unreadable,
    verdicts,
    unsentEvents: await store.outbox.unsentCount(),
    pendingPublications: await store.publications.pendingCount(),
    runningTasks: (await store.tasks.counts()).running,
  };
};

const assetOutcome = async ({ services: { store }, blobs }: App, planned: PlannedAsset, times: ReadonlyMap<string, Times>): Promise<AssetOutcome> => {
  const ref: AssetRef = { kind: planned.kind, id: asId(planned.id) };
  const asset = await store.assets.get(ref);
  if (asset === null) return { planned, known: null };
  const [verdicts, publications, revisions] = [await store.review.verdictsOf(ref), await store.publications.ofAsset(ref), await store.revisions.ofAsset(ref)];
  const path = asset.maskedLocalPath ?? publications.findLast(({ state }) => state === 'published')?.stablePath ?? null;
  return {
    planned,
    known: {
      maskedLocalPath: asset.maskedLocalPath,
      verdicts,
      revisions,
      publications: publications.map((publication) => ({ ...publication, ...(times.get(publication.publicationId) ?? { createdAtMs: 0, finishedAtMs: null }) })),
      fileSha256: path === null ? null : await digestAt(blobs, path),
    },
  };
};

const digestAt = async (blobs: App['blobs'], path: string): Promise<string | null> => {
  try {
    return createHash('sha256').update(await blobs.get(blobs.keyOfPath(path))).digest('hex');
  } catch (error) {
    if (isExpected(error, 'blob_missing')) return null;
    throw error;
  }
};

type Times = Pick<FinishedPublication, 'createdAtMs' | 'finishedAtMs'>;

const publicationTimes = async (pipeline: Pipeline): Promise<ReadonlyMap<string, Times>> => {
  const rows = await pipeline.rows<{ id: string; made: string; finished: string | null }>('select publication_id as id, created_at_ms as made, finished_at_ms as finished from maskdesk.publications');
  return new Map(rows.map(({ id, made, finished }) => [id, { createdAtMs: Number(made), finishedAtMs: finished === null ? null : Number(finished) }]));
};

const batchEventIds = async (pipeline: Pipeline): Promise<ReadonlyMap<string, string>> => {
  const rows = await pipeline.rows<{ job: string; kind: AssetKind; id: string }>('select job_id as job, kind, event_id as id from maskdesk.batches');
  return new Map(rows.map(({ job, kind, id }) => [batchKey({ jobId: job, kind }), id]));
};

const intakeRows = async (pipeline: Pipeline): Promise<readonly IntakeRow[]> => {
  const rows = await pipeline.rows<{ message: string; event: string; job: string; kind: AssetKind; id: string; state: string; code: string | null; publication: string | null; at: string | null }>(
    `select m.message_id as message, m.event_id as event, m.job_id as job, a.asset_kind as kind, a.asset_id as id, a.state, a.error_code as code,
       a.publication_id as publication, a.settled_at_ms as at
     from maskdesk.inbox m join maskdesk.inbox_assets a on a.message_id = m.message_id order by m.message_id, a.position`,
  );
  return rows.map((row) => ({
    messageId: row.message,
    eventId: row.event,
    jobId: row.job,
    asset: { kind: row.kind, id: asId(row.id) },
    state: row.state,
    errorCode: row.code,
    byPublication: row.publication !== null,
    settledAtMs: row.at === null ? null : Number(row.at),
  }));
};
