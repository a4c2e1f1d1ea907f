import { createHash } from 'node:crypto';
import type { App } from '../../electron/app/createApp.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId } from '../../shared/domain/ids.ts';
import { publishedRevision } from '../../shared/domain/publication.ts';
import { replayVerdicts, standingApproval } from '../../shared/domain/reviewState.ts';
import type { DeskLine } from './deskLine.ts';
import { imageBatchMasked, keyframeBatchMasked, masksOf, type Pipeline, type ReceivedEvent } from './pipeline.ts';
import type { PlannedAsset, PlannedJob, PlannedMessage } from './stream.ts';

export interface Findings {
  readonly jobs: readonly PlannedJob[];
  readonly poison: readonly PlannedMessage[];
  readonly deskLines: readonly DeskLine[];
  readonly pipeline: Pipeline;
  /** Bodies by dead-letter queue. */
  readonly deadLetters: readonly string[];
}

/** Counts what was looked at and keeps the sentences of what was wrong. */
export class Checker {
  checks = 0;
  readonly faults: string[] = [];

  that(isRight: boolean, fault: () => string): void {
    this.checks++;
    if (!isRight) this.faults.push(fault());
  }
}

const refOf = ({ kind, id }: PlannedAsset): AssetRef => ({ kind, id: asId(id) });
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const ids = (events: readonly ReceivedEvent[]): Set<string> => new Set(events.map(({ event }) => event.event_id));

/** The rules of the issue, against the database, the object store and what subscribers got. */
export const checkAll = async (app: App, findings: Findings): Promise<Checker> => {
  const checker = new Checker();
  const { store } = app.services;
  const { jobs, pipeline, poison, deadLetters, deskLines } = findings;
  for (const job of jobs) {
    for (const asset of job.assets) await checkAsset(checker, app, findings, asset);
    await checkBatch(checker, app, findings, job);
  }
  checkPoison(checker, poison, deadLetters);
  for (const line of deskLines) {
    if (line.kind !== 'acknowledged') continue;
    const verdict = await store.review.get(asId(line.verdictId));
    checker.that(verdict !== null && verdict.kind === line.verdict && verdict.asset.id === line.asset.id, () => `an acknowledged ${line.verdict} of ${line.asset.id} is lost (${line.verdictId})`);
  }
  checker.that((await store.outbox.unsentCount()) === 0, () => 'events wait in the outbox');
  checker.that((await store.publications.pendingCount()) === 0, () => 'publications are pending');
  checker.that(pipeline.unreadable.length === 0, () => `events that are none: ${pipeline.unreadable.slice(0, 3).join(' · ')}`);
  const counts = await store.tasks.counts();
  checker.that(counts.running === 0, () => `${counts.running} tasks run though nobody works`);
  return checker;
};

/** Exactly the mask that the rules say, at the place that the row says; each of its events after its file. */
const checkAsset = async (checker: Checker, app: App, { pipeline }: Findings, planned: PlannedAsset): Promise<void> => {
  const { store } = app.services;
  const ref = refOf(planned);
  const asset = await store.assets.get(ref);
  checker.that(asset !== null, () => `${planned.id}: Maskdesk does not know it`);
  if (asset === null) return;
  const [verdicts, publications, revisions] = [await store.review.verdictsOf(ref), await store.publications.ofAsset(ref), await store.revisions.ofAsset(ref)];
  const review = replayVerdicts(verdicts);
  const approval = standingApproval(review);
  const published = publishedRevision(publications);
  const models = revisions.filter(({ origin }) => origin === 'model');

  if (planned.isCorrupt) {
    checker.that(models.length === 0 && asset.maskedLocalPath === null, () => `${planned.id}: its photo is corrupt, and it has a mask`);
    return;
  }
  checker.that(models.length === 1, () => `${planned.id}: ${models.length} masks of the model; one was to be made`);
  if (approval !== null) checker.that(published === approval.revisionId, () => `${planned.id}: approved is ${approval.revisionId}, published is ${published}`);
  else if (review.state === 'rejected') checker.that(published === null, () => `${planned.id}: rejected, yet ${published} is published`);
  else if (verdicts.length === 0) checker.that(published !== null && published === models[0]?.revisionId, () => `${planned.id}: nobody judged it; published is ${published}, not the model's`);
  const revision = revisions.find(({ revisionId }) => revisionId === published);
  if (published === null) {
    checker.that(asset.maskedLocalPath === null, () => `${planned.id}: withdrawn, yet its row names ${asset.maskedLocalPath}`);
  } else {
    checker.that(asset.maskedLocalPath !== null && revision !== undefined, () => `${planned.id}: published, and its row names nothing`);
    if (asset.maskedLocalPath !== null) {
      const bytes = await app.blobs.get(app.blobs.keyOfPath(asset.maskedLocalPath)).catch(() => null);
      checker.that(bytes !== null && digest(bytes) === revision?.maskSha256, () => `${planned.id}: the file at ${asset.maskedLocalPath} is ${bytes === null ? 'missing' : 'another mask than the published one'}`);
    }
  }
  checkEvents(checker, planned, pipeline.received, publications.some(({ revisionId, state }) => revisionId === null && state === 'published'));
  const promised = publications.filter(({ state, revisionId }) => state === 'published' && revisionId !== null).flatMap(({ events }) => events);
  const arrived = ids(pipeline.received);
  for (const { eventId } of promised) checker.that(arrived.has(eventId), () => `${planned.id}: its event ${eventId} never arrived`);
};

/** No event before its file. One that came when the mask had been withdrawn again is right. */
const checkEvents = (checker: Checker, { id }: PlannedAsset, received: readonly ReceivedEvent[], wasWithdrawn: boolean): void => {
  for (const { event, missing } of received) {
    if (!masksOf(event).some((mask) => mask.id === id)) continue;
    checker.that(!missing.includes(id) || wasWithdrawn, () => `${id}: event ${event.event_id} came before its file`);
  }
};

/** One batch event id a job, with the total of what was stored. A rejection that was quicker than the worker counts as not stored. */
const checkBatch = async (checker: Checker, app: App, { pipeline, deskLines }: Findings, job: PlannedJob): Promise<void> => {
  const topic = job.kind === 'product_image' ? imageBatchMasked : keyframeBatchMasked;
  const events = pipeline.received.filter((received) => received.topic === topic && received.event.job_id === job.jobId);
  checker.that(ids(events).size === 1, () => `${job.jobId}: ${ids(events).size} batch event ids`);
  const totals = new Set(events.map(({ event }) => event.total_images ?? event.total_keyframes));
  const rejected = new Set(deskLines.flatMap((line) => (line.kind === 'acknowledged' && line.verdict === 'reject' ? [`${line.asset.kind}:${line.asset.id}`] : [])));
  const sound = job.assets.filter(({ isCorrupt }) => !isCorrupt);
  const surely = sound.filter(({ kind, id }) => !rejected.has(`${kind}:${id}`)).length;
  const [total] = totals;
  checker.that(totals.size === 1 && total !== undefined && total >= surely && total <= sound.length, () => `${job.jobId}: total ${[...totals].join(' and ')}, right is ${surely === sound.length ? surely : `${surely} to ${sound.length}`}`);
  const batch = await app.services.store.intake.batch(asId(job.jobId), job.kind);
  checker.that(batch !== null && batch.sentTotal === total && batch.stored === total && batch.missing === 0, () => `${job.jobId}: the database says ${JSON.stringify(batch)}, the event ${total}`);
  const batchAtMs = Math.min(...events.map(({ publishedAtMs }) => publishedAtMs));
  // The events of a model's results come before the batch's; those of later verdicts come after.
  const told = new Set(pipeline.received.filter(({ publishedAtMs }) => publishedAtMs <= batchAtMs).flatMap(({ event }) => masksOf(event).map(({ id }) => id)));
  checker.that(sound.filter(({ id }) => told.has(id)).length >= (total ?? 0), () => `${job.jobId}: its batch event came before the events of its assets`);
};

const checkPoison = (checker: Checker, poison: readonly PlannedMessage[], deadLetters: readonly string[]): void => {
  const found = new Set(deadLetters);
  for (const { body } of poison) checker.that(found.has(body), () => `poison is not in a dead-letter queue: ${body}`);
  const known = new Set(poison.map(({ body }) => body));
  for (const body of found) checker.that(known.has(body), () => `a dead letter that is no poison: ${body.slice(0, 300)}`);
};
