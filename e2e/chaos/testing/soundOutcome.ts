import type { AssetKind, AssetRef } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import type { Verdict, VerdictKind } from '../../../shared/domain/verdict.ts';
import { batchKey, type AssetOutcome, type FinishedPublication, type IntakeRow, type Outcome } from '../outcome.ts';
import { imageBatchMasked, imageMasked, keyframeBatchMasked, keyframesMasked, type ReceivedEvent } from '../pipeline.ts';
import type { PlannedAsset, PlannedJob } from '../stream.ts';

/** What a reviewer did to a picture: nothing, or approve, reject ... in this order. Early: before the worker could publish its mask. */
export interface Story {
  readonly id: string;
  readonly verdicts?: readonly (Exclude<VerdictKind, 'undo'> | 'undo')[];
  readonly isEarly?: boolean;
  readonly isCorrupt?: boolean;
}

const digestOf = (revisionId: string): string => revisionId.padEnd(64, '0');
const settledAtMs = 1_000;

/** What comes out of one job in which everything goes as the rules say. */
const jobOutcome = (jobId: string, kind: AssetKind, stories: readonly Story[]) => {
  const isImages = kind === 'product_image';
  const assets: PlannedAsset[] = stories.map(({ id, isCorrupt = false }, index) => ({ kind, id, parentId: `${jobId}-parent`, localPath: `data/images/${id}.jpg`, timestampS: index, isCorrupt }));
  const job: PlannedJob = { jobId, kind, assets, messages: assets.map(({ id }) => ({ topic: 'any', body: `ready ${id}` })) };
  const videoEventId = `${jobId}-answer`;
  const outcomes = stories.map((story, index) => outcomeOf(story, assets[index] as PlannedAsset, jobId));
  const intake = stories.map(({ id, isCorrupt = false, isEarly = false, verdicts = [] }): IntakeRow => {
    const isRejected = isEarly && verdicts[0] === 'reject';
    const isStored = !isCorrupt && !isRejected;
    return {
      messageId: isImages ? `${id}-message` : `${jobId}-message`,
      eventId: isImages ? `${id}-answer` : videoEventId,
      jobId,
      asset: { kind, id: asId(id) },
      state: isStored ? 'stored' : 'failed',
      errorCode: isCorrupt ? 'image_undecodable' : isRejected ? 'rejected' : null,
      byPublication: isStored && !isEarly,
      settledAtMs,
    };
  });
  const stored = intake.filter(({ state }) => state === 'stored');
  const answer = (eventId: string, event: object): ReceivedEvent => told(isImages ? imageMasked : keyframesMasked, { event_id: eventId, job_id: jobId, ...event }, settledAtMs);
  const maskPath = (id: string): string => `data/masks/${id}.png`;
  const answers = isImages
    ? stored.map(({ eventId, asset: { id } }) => answer(eventId, { image_id: id, mask_path: maskPath(id) }))
    : stored.length === 0 ? [] : [answer(videoEventId, { video_id: `${jobId}-parent`, frames: stored.map(({ asset: { id } }) => ({ frame_id: id, mask_path: maskPath(id) })) })];
  const ofVerdicts = outcomes.flatMap(({ planned: { id }, known }) =>
    (known?.publications ?? []).flatMap(({ events }) => events.map(({ eventId }) => answer(eventId, isImages ? { image_id: id, mask_path: maskPath(id) } : { video_id: `${jobId}-parent`, frames: [{ frame_id: id, mask_path: maskPath(id) }] }))),
  );
  const total = stored.length;
  const batchEvent = told(isImages ? imageBatchMasked : keyframeBatchMasked, { event_id: `${jobId}-batch`, job_id: jobId, ...(isImages ? { total_images: total } : { total_keyframes: total }) }, settledAtMs + 1);
  const progress = { jobId: asId<never>(jobId), kind, expected: assets.length, arrived: assets.length, stored: total, failed: assets.length - total, missing: 0, firstSeenAtMs: 0, lastActivityAtMs: 0, deadlineAtMs: null, sentAtMs: settledAtMs, sentTotal: total, completedBy: null, isTimedOut: false };
  return { job, outcomes, intake, received: [...answers, ...answers.slice(0, 1), ...ofVerdicts, batchEvent], batch: [batchKey(job), { eventId: `${jobId}-batch`, progress }] as const };
};

const told = (topic: string, event: { readonly event_id: string; readonly job_id: string }, publishedAtMs: number): ReceivedEvent => ({
  topic,
  event: { ...event, _metadata: { timestamp: new Date(publishedAtMs).toISOString() } },
  publishedAtMs,
  lookedAtMs: publishedAtMs + 1,
  missing: [],
});

const outcomeOf = ({ id, verdicts: kinds = [], isEarly = false, isCorrupt = false }: Story, planned: PlannedAsset, jobId: string): AssetOutcome => {
  const asset: AssetRef = { kind: planned.kind, id: asId(id) };
  if (isCorrupt) return { planned, known: { maskedLocalPath: null, verdicts: [], publications: [], revisions: [], fileSha256: null } };
  const model = `${id}-model`;
  const painted = `${id}-painted`;
  const revisions = [model, painted].map((revisionId) => ({ revisionId, asset, origin: revisionId === model ? 'model' : 'human', maskSha256: digestOf(revisionId) }) as unknown as Revision);
  const publications: FinishedPublication[] = [];
  const publish = (revisionId: string | null, rank: 'human' | 'model', atMs: number): void => {
    const sequence = publications.length + 1;
    const events = rank === 'human' && revisionId !== null ? [{ eventId: asId<never>(`${id}-event-${sequence}`), jobId: asId<never>(jobId) }] : [];
    publications.push({ publicationId: asId(`${id}-publication-${sequence}`), sequence, asset, revisionId: revisionId as never, maskSha256: null, stablePath: `data/masks/${id}.png`, rank, events, state: 'published', createdAtMs: atMs, finishedAtMs: atMs });
  };
  const verdicts: Verdict[] = [];
  if (!isEarly) publish(model, 'model', settledAtMs);
  let wanted: string | null = isEarly ? null : model;
  const before: (string | null)[] = [];
  kinds.forEach((kind, index) => {
    const atMs = isEarly && index === 0 ? settledAtMs - 100 : settledAtMs + 100 * (index + 1);
    const judged = wanted === painted || kind === 'approve' ? painted : model;
    verdicts.push({ verdictId: asId(`${id}-verdict-${index}`), asset, revisionId: asId(judged), kind, reason: null, note: null, reviewer: 'ada', undoesVerdictId: kind === 'undo' ? asId(`${id}-verdict-${index - 1}`) : null, batchId: null, createdAtMs: atMs });
    const after = kind === 'undo' ? (before.at(-1) ?? null) : kind === 'approve' ? painted : kind === 'reject' || isEarly ? null : model;
    before.push(wanted);
    if (after !== wanted) publish(after, after === model ? 'model' : 'human', atMs);
    wanted = after;
  });
  return { planned, known: { maskedLocalPath: wanted === null ? null : `data/masks/${id}.png`, verdicts, publications, revisions: kinds.includes('approve') ? revisions : revisions.slice(0, 1), fileSha256: wanted === null ? null : digestOf(wanted) } };
};

/** Jobs of both kinds and an empty one, poison, and reviewers who did whatever can be done. */
export const soundOutcome = (): Outcome => {
  const jobs = [
    jobOutcome('photos', 'product_image', [
      { id: 'untouched' },
      { id: 'approved', verdicts: ['approve'] },
      { id: 'approvedFirst', verdicts: ['approve'], isEarly: true },
      { id: 'rejected', verdicts: ['reject'] },
      { id: 'rejectedFirst', verdicts: ['reject'], isEarly: true },
      { id: 'reopened', verdicts: ['approve', 'reopen'] },
      { id: 'reopenedFirst', verdicts: ['reject', 'reopen'], isEarly: true },
      { id: 'undone', verdicts: ['reject', 'undo'] },
      { id: 'corrupt', isCorrupt: true },
    ]),
    jobOutcome('frames', 'keyframe', [{ id: 'frame-0' }, { id: 'frame-1', verdicts: ['approve'] }, { id: 'frame-2', isCorrupt: true }]),
    jobOutcome('nothing', 'product_image', []),
  ];
  const assets = jobs.flatMap(({ outcomes }) => outcomes);
  const verdicts = assets.flatMap(({ known }) => known?.verdicts ?? []);
  return {
    jobs: jobs.map(({ job }) => job),
    assets,
    intake: jobs.flatMap(({ intake }) => intake),
    batches: new Map(jobs.map(({ batch }) => batch)),
    received: jobs.flatMap(({ received }) => received),
    unreadable: [],
    poison: [{ topic: 'any', body: 'no json' }],
    deadLetters: ['no json', 'no json'],
    deskLines: verdicts.map(({ verdictId, kind, asset, undoesVerdictId, revisionId }) => ({ kind: 'acknowledged', verdict: kind, asset: { kind: asset.kind, id: asset.id }, verdictId, undoesVerdictId, maskSha256: kind === 'approve' && revisionId !== null ? digestOf(revisionId) : null, atMs: 0 })),
    verdicts: new Map(verdicts.map((verdict) => [verdict.verdictId, verdict])),
    unsentEvents: 0,
    pendingPublications: 0,
    runningTasks: 0,
  };
};
