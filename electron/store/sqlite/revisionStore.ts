import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import { replayVerdicts } from '../../../shared/domain/reviewState.ts';
import type { NewRevision, Revision } from '../../../shared/domain/revision.ts';
import { ExpectedError, present } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { assetLease } from '../../../shared/ports/store/leaseStore.ts';
import type { CandidateOutcome, RevisionStore } from '../../../shared/ports/store/revisionStore.ts';
import { assetRow, changeAsset, type AssetRow } from './assetState.ts';
import type { Connection, Queries } from './connection.ts';
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
  moveHead: (asset, revisionId, expectedHead) =>
    connection.write(async (queries) => {
      assertHead(await assetRow(queries, asset), expectedHead);
      const head = await readRevision(queries, revisionId);
      if (head === null || head.asset.kind !== asset.kind || head.asset.id !== asset.id) {
        throw new ExpectedError('not_found', `${asset.id} has no mask version ${revisionId}.`);
      }
      await changeAsset(queries, asset, { state: 'to_review', reason: null, head }, clock.nowMs());
    }),
  blobDigests: () =>
    connection.read(async (queries) => {
      const rows = await queries.selectFrom('maskdesk_revisions').select(['mask_sha256', 'matte_sha256']).execute();
      return new Set(rows.flatMap((row) => (row.matte_sha256 === null ? [row.mask_sha256] : [row.mask_sha256, row.matte_sha256])));
    }),
});

export const readRevision = async (queries: Queries, revisionId: string): Promise<Revision | null> => {
  const row = await queries.selectFrom('maskdesk_revisions').selectAll().where('revision_id', '=', revisionId).executeTakeFirst();
  return row === undefined ? null : revisionOf(row);
};

export const insertRevision = async (queries: Queries, revision: NewRevision, nowMs: number): Promise<Revision> => {
  await queries.insertInto('maskdesk_revisions').values(revisionRow(revision, nowMs)).execute();
  return { ...revision, createdAtMs: nowMs };
};

/** @throws ExpectedError stale_revision */
export const assertHead = (row: AssetRow, expected: RevisionId | null): void => {
  if (row.head_revision_id === expected) return;
  throw new ExpectedError('stale_revision', `${row.id} has changed since you opened it. Look at the newer mask, then decide again.`, {
    details: { expected, actual: row.head_revision_id },
  });
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
