import type { BatchId, RevisionId, VerdictId } from '../../../shared/domain/ids.ts';
import { replayVerdicts, type ReviewState } from '../../../shared/domain/reviewState.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import type { NewVerdict, Verdict } from '../../../shared/domain/verdict.ts';
import { BugError, ExpectedError } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ReviewStore, VerdictInput, VerdictOutcome } from '../../../shared/ports/store/reviewStore.ts';
import { changeAsset, lockAsset, type AssetRow } from './assetState.ts';
import type { Connection, Queries } from './connection.ts';
import { assertNotTaken } from './itemLeases.ts';
import { lastFailure } from './lastFailure.ts';
import { planPublication } from './planPublication.ts';
import { readPublication } from './publicationRead.ts';
import { assertHead, readRevision } from './revisionRead.ts';
import { insertRevision } from './insertRevision.ts';
import { verdictOf } from './rows.ts';
import { verdictsOf } from './verdictRead.ts';

export const createReviewStore = (connection: Connection, clock: Clock): ReviewStore => ({
  recordVerdict: (input) => connection.write((queries) => recordVerdict(connection, queries, input, clock.nowMs())),
  verdictsOf: (asset) => connection.read((queries) => verdictsOf(queries, asset)),
  ofBatch: (batchId) => connection.read((queries) => ofBatch(queries, batchId)),
  latestOf: (reviewer) => connection.read((queries) => latestOf(queries, reviewer)),
  get: (verdictId) =>
    connection.read(async (queries) => {
      const row = await queries.selectFrom('maskdesk_verdicts').selectAll().where('verdict_id', '=', verdictId).executeTakeFirst();
      return row === undefined ? null : verdictOf(row);
    }),
});

const recordVerdict = async (connection: Connection, queries: Queries, input: VerdictInput, nowMs: number): Promise<VerdictOutcome> => {
  const { asset } = input.verdict;
  const row = await lockAsset(queries, asset);
  const repeated = await outcomeRecorded(queries, input.verdict);
  if (repeated !== null) return repeated;
  const history = await verdictsOf(queries, asset);
  const before = replayVerdicts(history);
  if (input.verdict.kind === 'undo') assertLatest(before, input.verdict);
  else {
    // Whose mask it is now says more than who has the item.
    assertHead(row, input.expectedHead);
    if (input.expectedVerdict !== undefined) assertSeen(before, input.verdict, input.expectedVerdict);
    if (input.heldBy !== undefined) await assertNotTaken(connection, queries, asset, input.heldBy);
  }

  const head = await headAfter(queries, input, row, nowMs);
  const verdict: Verdict = { ...input.verdict, batchId: input.verdict.batchId ?? null, revisionId: judgedRevision(input.verdict, row, head), createdAtMs: nowMs };
  const after = replayVerdicts([...history, verdict]);
  const publication = await planPublication(queries, { input, before, after, nowMs });
  await insertVerdict(queries, verdict, { head, publicationId: publication?.publicationId ?? null, parentId: row.parent_id });

  // Nobody's verdict stands, and there is no mask: what the models' last try came to is what there is to say.
  const failure = after.state === null && head === null ? await lastFailure(queries, asset) : null;
  const state = after.state ?? (head !== null ? 'to_review' : failure === null ? 'unsegmented' : 'failed');
  const reason = state === 'rejected' ? (after.latest?.reason ?? null) : failure;
  const judged = after.state === null || after.latest === null ? {} : { reviewer: after.latest.reviewer };
  await changeAsset(queries, asset, { state, reason, ...judged, ...(head === null ? {} : { head }) }, nowMs);
  if (verdict.kind === 'approve' && input.endsDraft) {
    await queries
      .deleteFrom('maskdesk_drafts')
      .where('kind', '=', asset.kind)
      .where('asset_id', '=', asset.id)
      .where('reviewer', '=', verdict.reviewer)
      .execute();
  }
  return { verdict, head, publication };
};

/** The same verdict again (a retry after a lost answer) gets the answer that it got. */
const outcomeRecorded = async (queries: Queries, verdict: NewVerdict): Promise<VerdictOutcome | null> => {
  const row = await queries.selectFrom('maskdesk_verdicts').selectAll().where('verdict_id', '=', verdict.verdictId).executeTakeFirst();
  if (row === undefined) return null;
  if (row.asset_kind !== verdict.asset.kind || row.asset_id !== verdict.asset.id || row.verdict !== verdict.kind) {
    throw new BugError(`The verdict id ${verdict.verdictId} was used for another decision`);
  }
  return {
    verdict: verdictOf(row),
    head: row.head_after === null ? null : await readRevision(queries, row.head_after),
    publication: row.publication_id === null ? null : await readPublication(queries, row.publication_id),
  };
};

const assertLatest = (review: ReviewState, verdict: NewVerdict): void => {
  if (review.latest !== null && review.latest.verdictId === verdict.undoesVerdictId) return;
  throw new ExpectedError('nothing_to_undo', `That decision about ${verdict.asset.id} can't be undone: it was taken back, or another one came after it.`);
};

const assertSeen = (review: ReviewState, verdict: NewVerdict, expected: VerdictId | null): void => {
  const latest = review.latest?.verdictId ?? null;
  if (latest === expected) return;
  throw new ExpectedError('stale_revision', `Somebody else has judged ${verdict.asset.id} meanwhile.`, { details: { expected, actual: latest } });
};

/** The revision that is head once the verdict is given: the reviewer's own for a corrected mask. */
const headAfter = async (queries: Queries, input: VerdictInput, row: AssetRow, nowMs: number): Promise<Revision | null> => {
  const { newRevision, verdict } = input;
  if (newRevision !== null) {
    if (verdict.kind !== 'approve') throw new BugError(`A ${verdict.kind} can't bring a corrected mask`);
    if (newRevision.asset.kind !== row.kind || newRevision.asset.id !== row.id) throw new BugError('The corrected mask is of another asset');
    const parentId = row.head_revision_id as RevisionId | null;
    return insertRevision(queries, { ...newRevision, parentId }, nowMs);
  }
  if (row.head_revision_id !== null) return readRevision(queries, row.head_revision_id);
  if (verdict.kind === 'approve') throw new ExpectedError('no_mask', `${row.id} has no mask yet that could be approved.`);
  return null;
};

/** What the verdict is about: for an undo what its caller says, else the mask that the reviewer saw or made. */
const judgedRevision = (verdict: NewVerdict, row: AssetRow, head: Revision | null): RevisionId | null => {
  if (verdict.kind === 'undo') return verdict.revisionId;
  return verdict.kind === 'approve' ? (head?.revisionId ?? null) : (row.head_revision_id as RevisionId | null);
};

interface Consequences {
  readonly head: Revision | null;
  readonly publicationId: string | null;
  /** product_id or video_id */
  readonly parentId: string;
}

const insertVerdict = async (queries: Queries, verdict: Verdict, { head, publicationId, parentId }: Consequences): Promise<void> => {
  const judged = verdict.revisionId === null ? null : await readRevision(queries, verdict.revisionId);
  await queries
    .insertInto('maskdesk_verdicts')
    .values({
      verdict_id: verdict.verdictId,
      asset_kind: verdict.asset.kind,
      asset_id: verdict.asset.id,
      revision_id: verdict.revisionId,
      verdict: verdict.kind,
      reason: verdict.reason,
      note: verdict.note,
      reviewer: verdict.reviewer,
      undoes_verdict_id: verdict.undoesVerdictId,
      head_after: head?.revisionId ?? null,
      publication_id: publicationId,
      judged_model_id: await modelBehind(queries, judged),
      is_corrected: verdict.kind === 'approve' && judged?.origin === 'human' ? 1 : 0,
      parent_id: parentId,
      created_at_ms: verdict.createdAtMs,
      batch_id: verdict.batchId,
    })
    .execute();
};

/** The model that made the mask, or the one that a person's corrections began with. */
const modelBehind = async (queries: Queries, revision: Revision | null): Promise<string | null> => {
  for (let at = revision; at !== null; at = at.parentId === null ? null : await readRevision(queries, at.parentId)) {
    if (at.model !== null) return at.model.modelId;
  }
  return null;
};

const ofBatch = async (queries: Queries, batchId: BatchId): Promise<readonly Verdict[]> => {
  const rows = await queries
    .selectFrom('maskdesk_verdicts')
    .selectAll()
    .where('batch_id', '=', batchId)
    .where('verdict', '!=', 'undo')
    .where('taken_back', '=', 0)
    .orderBy('sequence')
    .execute();
  return rows.map(verdictOf);
};

/** Skips undos and what they took back; a verdict under somebody else's later one counts too, undo then says why it can't. */
const latestOf = async (queries: Queries, reviewer: string): Promise<Verdict | null> => {
  const row = await queries
    .selectFrom('maskdesk_verdicts')
    .selectAll()
    .where('reviewer', '=', reviewer)
    .where('verdict', '!=', 'undo')
    .where('taken_back', '=', 0)
    .orderBy('sequence', 'desc')
    .executeTakeFirst();
  return row === undefined ? null : verdictOf(row);
};
