import { sql } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { ImportId } from '../../../shared/domain/ids.ts';
import { present } from '../../../shared/errors/errors.ts';
import { changeAsset } from './assetState.ts';
import type { Queries } from './connection.ts';
import { withoutMask } from './lastFailure.ts';
import { readRevision } from './revisionRead.ts';

/** What masks of imports and re-runs took the place of, and how it comes back. */

/** What was head before any mask of the import, and of imports that were taken back meanwhile; null: there was none. @param importId null: none is being taken back now */
export const headBefore = async (queries: Queries, importId: ImportId | null, replaced: string | null): Promise<string | null> => {
  let head = replaced;
  while (head !== null) {
    const row = await queries
      .selectFrom('maskdesk_revisions as r')
      .leftJoin('maskdesk_mask_imports as i', 'i.import_id', 'r.import_id')
      .select(['r.import_id', 'r.replaced_head_id', 'i.undone_at_ms'])
      .where('r.revision_id', '=', head)
      .executeTakeFirst();
    const passes = row !== undefined && row.import_id !== null && (row.import_id === importId || row.undone_at_ms !== null);
    if (!passes) break;
    head = row.replaced_head_id;
  }
  return head;
};

/** @param revisionId null: the asset has no mask again */
export const putBack = async (queries: Queries, asset: AssetRef, revisionId: string | null, nowMs: number): Promise<void> => {
  const head = revisionId === null ? null : present(await readRevision(queries, revisionId), `Revision ${revisionId}`);
  const standing = head === null ? await withoutMask(queries, asset) : ({ state: 'to_review', reason: null } as const);
  await changeAsset(queries, asset, { ...standing, head }, nowMs);
};

/** Assets where masks of an import that stands lie under those of later imports or re-runs: they would be head again once those are taken back. */
export const coveredOf = async (queries: Queries, importId: ImportId): Promise<number> => {
  const { rows } = await sql<{ covered: number }>`
    with recursive under (asset_kind, asset_id, revision_id, replaced_head_id, import_id) as (
      select r.asset_kind, r.asset_id, r.revision_id, r.replaced_head_id, r.import_id from (select distinct m.asset_kind, m.asset_id from maskdesk_revisions m
        join maskdesk_mask_imports i on i.import_id = m.import_id where m.import_id = ${importId} and i.undone_at_ms is null) as touched
      join maskdesk_assets a on a.kind = touched.asset_kind and a.id = touched.asset_id join maskdesk_revisions r on r.revision_id = a.head_revision_id
      where r.import_id is null or r.import_id <> ${importId}
      union all select older.asset_kind, older.asset_id, older.revision_id, older.replaced_head_id, older.import_id from under join maskdesk_revisions older on older.revision_id = under.replaced_head_id
      where under.import_id is null or under.import_id <> ${importId})
    select count(*) as covered from under where import_id = ${importId}`.execute(queries);
  return Number(rows[0]?.covered ?? 0);
};
