import { sql } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import { replayVerdicts } from '../../../shared/domain/reviewState.ts';
import { ExpectedError, present } from '../../../shared/errors/errors.ts';
import { changeAsset, lockAsset } from './assetState.ts';
import type { Queries } from './connection.ts';
import { decideWait, reopenWait } from './importWaits.ts';
import { withoutMask } from './lastFailure.ts';
import { assertHead, readRevision } from './revisionRead.ts';
import { verdictsOf } from './verdictRead.ts';

interface Move {
  readonly asset: AssetRef;
  readonly revisionId: RevisionId;
  readonly expectedHead: RevisionId | null;
  readonly movedBy: string | null;
}

/** The latest choice of a head that was not taken back. */
const latestMove = (queries: Queries, { kind, id }: AssetRef) =>
  queries.selectFrom('maskdesk_head_moves').selectAll().where('asset_kind', '=', kind).where('asset_id', '=', id).where('undone_at_ms', 'is', null).orderBy('sequence', 'desc').limit(1).executeTakeFirst();

/** Whether a person's choice made it what it is. */
export const isChosen = async (queries: Queries, asset: AssetRef, revisionId: string): Promise<boolean> => (await latestMove(queries, asset))?.to_revision_id === revisionId;

const lastVerdict = async (queries: Queries, asset: AssetRef): Promise<number> => {
  const row = await queries
    .selectFrom('maskdesk_verdicts')
    .select(sql<number>`coalesce(max(sequence), 0)`.as('sequence'))
    .where('asset_kind', '=', asset.kind)
    .where('asset_id', '=', asset.id)
    .executeTakeFirst();
  return row?.sequence ?? 0;
};

/** A person chooses another version; what stood before is kept beside it. @throws ExpectedError stale_revision, not_found */
export const moveHead = async (queries: Queries, { asset, revisionId, expectedHead, movedBy }: Move, nowMs: number): Promise<void> => {
  const row = await lockAsset(queries, asset);
  assertHead(row, expectedHead);
  const head = await readRevision(queries, revisionId);
  if (head === null || head.asset.kind !== asset.kind || head.asset.id !== asset.id) {
    throw new ExpectedError('not_found', `${asset.id} has no mask version ${revisionId}.`);
  }
  await queries
    .insertInto('maskdesk_head_moves')
    .values({
      asset_kind: asset.kind,
      asset_id: asset.id,
      from_revision_id: row.head_revision_id,
      to_revision_id: revisionId,
      state_before: row.state,
      reason_before: row.reason,
      last_verdict: await lastVerdict(queries, asset),
      moved_by: movedBy,
      created_at_ms: nowMs,
    })
    .execute();
  await changeAsset(queries, asset, { state: 'to_review', reason: null, head }, nowMs);
  await decideWait(queries, revisionId, 'taken', movedBy, nowMs);
};

/** @throws ExpectedError nothing_to_undo */
export const undoMove = async (queries: Queries, asset: AssetRef, movedBy: string, nowMs: number): Promise<void> => {
  const row = await lockAsset(queries, asset);
  const move = await latestMove(queries, asset);
  const stands = move !== undefined && move.moved_by === movedBy && row.head_revision_id === move.to_revision_id;
  if (!stands || (await lastVerdict(queries, asset)) !== move.last_verdict) {
    throw new ExpectedError('nothing_to_undo', `The choice of a mask for ${asset.id} can't be taken back: something else has happened to it since.`);
  }
  const before = move.from_revision_id === null ? null : present(await readRevision(queries, move.from_revision_id), `Revision ${move.from_revision_id}`);
  await queries.updateTable('maskdesk_head_moves').set({ undone_at_ms: nowMs }).where('sequence', '=', move.sequence).execute();
  // Only where this choice was what decided about it.
  await reopenWait(queries, asset, move.to_revision_id, 'taken', movedBy, move.created_at_ms);
  const isJudged = move.state_before === 'approved' || move.state_before === 'rejected';
  const judge = isJudged ? replayVerdicts(await verdictsOf(queries, asset)).latest?.reviewer : undefined;
  const reviewer = judge === undefined ? {} : { reviewer: judge };
  // A model may have failed on it since.
  const standing = before === null && !isJudged ? await withoutMask(queries, asset) : { state: move.state_before, reason: move.reason_before };
  await changeAsset(queries, asset, { ...standing, ...reviewer, head: before }, nowMs);
};
