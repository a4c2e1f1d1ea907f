import { sql } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { ImportId, RevisionId } from '../../../shared/domain/ids.ts';
import type { BesideState } from '../../../shared/domain/revision.ts';
import { ExpectedError, present } from '../../../shared/errors/errors.ts';
import { lockAsset } from './assetState.ts';
import { addToTrail } from './auditTrail.ts';
import type { Queries } from './connection.ts';

/** Masks of imports that came in beside a person's work: they wait until somebody takes or leaves them, or the import is taken back. */

export const addWait = async (queries: Queries, importId: ImportId, revisionId: RevisionId, { kind, id }: AssetRef): Promise<void> => {
  await queries
    .insertInto('maskdesk_import_waits')
    .values({ revision_id: revisionId, import_id: importId, asset_kind: kind, asset_id: id, decision: null, decided_by: null, decided_at_ms: null })
    .execute();
};

/** Of masks that came in beside a person's work, and of those that are not head any more and whose import was taken back, what became of them, by revision. */
export const besideOf = async (queries: Queries, { kind, id }: AssetRef): Promise<ReadonlyMap<string, BesideState>> => {
  const rows = await queries
    .selectFrom('maskdesk_revisions as r')
    .innerJoin('maskdesk_assets as a', (join) => join.onRef('a.kind', '=', 'r.asset_kind').onRef('a.id', '=', 'r.asset_id'))
    .leftJoin('maskdesk_import_waits as w', 'w.revision_id', 'r.revision_id')
    .leftJoin('maskdesk_mask_imports as i', 'i.import_id', 'r.import_id')
    .select(['r.revision_id', 'a.head_revision_id', 'w.revision_id as wait', 'w.decision', 'i.undone_at_ms'])
    .where('r.asset_kind', '=', kind)
    .where('r.asset_id', '=', id)
    .where('r.import_id', 'is not', null)
    .execute();
  return new Map(
    rows.flatMap(({ revision_id: revisionId, head_revision_id: head, wait, decision, undone_at_ms: undoneAtMs }): readonly (readonly [string, BesideState])[] => {
      if (wait !== null) return [[revisionId, decision ?? 'waiting']];
      return undoneAtMs !== null && revisionId !== head ? [[revisionId, 'undone']] : [];
    }),
  );
};

type Decision = Extract<BesideState, 'taken' | 'left'>;

/** Whether it waited. */
export const decideWait = async (queries: Queries, revisionId: RevisionId, decision: Decision, by: string | null, atMs: number): Promise<boolean> => {
  const { numUpdatedRows } = await queries
    .updateTable('maskdesk_import_waits')
    .set({ decision, decided_by: by, decided_at_ms: atMs })
    .where('revision_id', '=', revisionId)
    .where('decision', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** The import that a mask waited for, and when it was taken back; nobody takes it back meanwhile. Null: it never waited there. */
const importOfWait = async (queries: Queries, { kind, id }: AssetRef, revisionId: string) => {
  const wait = await queries.selectFrom('maskdesk_import_waits').select('import_id').where('revision_id', '=', revisionId).where('asset_kind', '=', kind).where('asset_id', '=', id).executeTakeFirst();
  if (wait === undefined) return null;
  const row = await queries.dialect.locked(queries.selectFrom('maskdesk_mask_imports').selectAll().where('import_id', '=', wait.import_id)).executeTakeFirst();
  return present(row, `Import ${wait.import_id}`);
};

/**
 * What that person decided about it counts no longer: it waits again, or, where its import was taken back meanwhile, it is as the others of that.
 * @param atMs when it was decided; null: whenever
 * @returns whether that had been decided so
 */
export const reopenWait = async (queries: Queries, asset: AssetRef, revisionId: string, decision: Decision, by: string, atMs: number | null): Promise<boolean> => {
  const row = await importOfWait(queries, asset, revisionId);
  if (row === null) return false;
  const reopened = row.undone_at_ms === null ? { decision: null, decided_by: null, decided_at_ms: null } : { decision: sql.lit('undone' as const), decided_by: row.undone_by, decided_at_ms: row.undone_at_ms };
  let update = queries.updateTable('maskdesk_import_waits').set(reopened).where('revision_id', '=', revisionId).where('decision', '=', decision).where('decided_by', '=', by);
  if (atMs !== null) update = update.where('decided_at_ms', '=', atMs);
  return (await update.executeTakeFirst()).numUpdatedRows > 0n;
};

/** @throws ExpectedError not_found */
export const leaveImported = async (queries: Queries, asset: AssetRef, revisionId: RevisionId, by: string, nowMs: number): Promise<void> => {
  await lockAsset(queries, asset);
  if ((await besideOf(queries, asset)).get(revisionId) !== 'waiting') throw new ExpectedError('not_found', `That mask does not wait at ${asset.id} any more: somebody has decided about it.`);
  await decideWait(queries, revisionId, 'left', by, nowMs);
  await addToTrail(queries, { kind: 'import', who: by, asset, details: { left_revision_id: revisionId } }, nowMs);
};

/** @throws ExpectedError nothing_to_undo */
export const waitAgain = async (queries: Queries, asset: AssetRef, revisionId: RevisionId, by: string, nowMs: number): Promise<void> => {
  await lockAsset(queries, asset);
  const undoneBy = (await importOfWait(queries, asset, revisionId))?.undone_by ?? null;
  if (undoneBy !== null) throw new ExpectedError('nothing_to_undo', `That mask of ${asset.id} can't wait again: ${undoneBy} has taken its import back since.`);
  if (!(await reopenWait(queries, asset, revisionId, 'left', by, null))) throw new ExpectedError('nothing_to_undo', `That mask of ${asset.id} can't wait again: something else has happened to it since.`);
  await addToTrail(queries, { kind: 'import', who: by, asset, details: { waits_again_revision_id: revisionId } }, nowMs);
};

/** Of an import that is taken back. Returns where. */
export const withdrawWaits = async (queries: Queries, importId: ImportId, by: string, nowMs: number): Promise<readonly { readonly kind: AssetRef['kind']; readonly id: string }[]> =>
  queries
    .updateTable('maskdesk_import_waits')
    .set({ decision: sql.lit('undone' as const), decided_by: by, decided_at_ms: nowMs })
    .where('import_id', '=', importId)
    .where('decision', 'is', null)
    .returning(['asset_kind as kind', 'asset_id as id'])
    .execute();
