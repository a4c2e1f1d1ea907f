import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { replayVerdicts } from '../../../shared/domain/reviewState.ts';
import type { NewRevision, Revision } from '../../../shared/domain/revision.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { assetLease } from '../../../shared/ports/store/leaseStore.ts';
import type { CandidateOutcome, RevisionStore } from '../../../shared/ports/store/revisionStore.ts';
import { assetRow, changeAsset } from './assetState.ts';
import type { Connection, Queries } from './connection.ts';
import { moveHead, undoMove } from './headMoves.ts';
import { readRevision } from './revisionRead.ts';
import { revisionOf, revisionRow } from './rows.ts';
import { verdictsOf } from './verdictRead.ts';

export const createRevisionStore = (connection: Connection, clock: Clock): RevisionStore => ({
  get: (revisionId) => connection.read((queries) => readRevision(queries, revisionId)),
  ofAsset: (asset) =>
    connection.read(async (queries) => {
      const rows = await queries
        .selectFrom('maskdesk_revisions')
        .selectAll()
        .where('asset_kind', '=', asset.kind)
        .where('asset_id', '=', asset.id)
        .orderBy('sequence', 'desc')
        .execute();
      return rows.map(revisionOf);
    }),
  addCandidate: (revision) => connection.write((queries) => addCandidate(queries, revision, clock.nowMs())),
  moveHead: (asset, revisionId, expectedHead, movedBy) =>
    connection.write((queries) => moveHead(queries, { asset, revisionId, expectedHead, movedBy: movedBy ?? null }, clock.nowMs())),
  undoMove: (asset, movedBy) => connection.write((queries) => undoMove(queries, asset, movedBy, clock.nowMs())),
  setIouToParent: (revisionId, iou) =>
    connection.write(async (queries) => {
      await queries.updateTable('maskdesk_revisions').set({ iou_to_parent: iou }).where('revision_id', '=', revisionId).execute();
    }),
  blobDigests: () =>
    connection.read(async (queries) => {
      const rows = await queries.selectFrom('maskdesk_revisions').select(['mask_sha256', 'matte_sha256']).execute();
      return new Set(rows.flatMap((row) => (row.matte_sha256 === null ? [row.mask_sha256] : [row.mask_sha256, row.matte_sha256])));
    }),
});

export const insertRevision = async (queries: Queries, revision: NewRevision, nowMs: number): Promise<Revision> => {
  await queries.insertInto('maskdesk_revisions').values(revisionRow(revision, nowMs)).execute();
  return { ...revision, createdAtMs: nowMs, iouToParent: null };
};

const addCandidate = async (queries: Queries, revision: NewRevision, nowMs: number): Promise<CandidateOutcome> => {
  const row = await assetRow(queries, revision.asset);
  const known = await readRevision(queries, revision.revisionId);
  if (known !== null) return { revision: known, becameHead: row.head_revision_id === known.revisionId };
  const added = await insertRevision(queries, revision, nowMs);
  const becameHead = !(await isInPersonsHands(queries, revision.asset, nowMs));
  if (becameHead) await changeAsset(queries, revision.asset, { state: 'to_review', reason: null, head: added }, nowMs);
  return { revision: added, becameHead };
};

/** architecture.md, Who moves the head: a human revision, a draft, a live lease or a verdict that stands. */
const isInPersonsHands = async (queries: Queries, asset: AssetRef, nowMs: number): Promise<boolean> => {
  const { kind, id } = asset;
  const lease = assetLease(assetKey(asset));
  const found = await queries
    .selectNoFrom((expression) => [
      expression
        .exists(expression.selectFrom('maskdesk_revisions').select('sequence').where('asset_kind', '=', kind).where('asset_id', '=', id).where('origin', '=', 'human'))
        .as('revised'),
      expression.exists(expression.selectFrom('maskdesk_drafts').select('kind').where('kind', '=', kind).where('asset_id', '=', id)).as('drafted'),
      expression
        .exists(expression.selectFrom('maskdesk_leases').select('owner').where('resource', '=', lease).where('expires_at_ms', '>', nowMs))
        .as('leased'),
    ])
    .executeTakeFirst();
  const { revised, drafted, leased } = present(found, 'answer to exists');
  if (Number(revised) + Number(drafted) + Number(leased) > 0) return true;
  return replayVerdicts(await verdictsOf(queries, asset)).latest !== null;
};
