import { sql } from 'kysely';
import type { AssetKind, AssetRef } from '../../../shared/domain/asset.ts';
import type { MaskChecks } from '../../../shared/domain/check.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { CheckStore } from '../../../shared/ports/store/checkStore.ts';
import { columnsOf, readChecks } from './checkColumns.ts';
import type { Connection, Queries } from './connection.ts';

export const createCheckStore = (connection: Connection): CheckStore => ({
  get: (revisionId) => connection.read((queries) => readChecks(queries, revisionId)),
  put: (all) =>
    connection.write(async (queries) => {
      const heads: AssetRef[] = [];
      // In one order, so that two who check the same versions never wait for each other in a circle.
      for (const checks of all.toSorted((one, other) => (one.revisionId < other.revisionId ? -1 : 1))) {
        const head = await putOne(queries, checks);
        if (head !== null) heads.push(head);
      }
      return heads;
    }),
  unchecked: (version, limit, except) =>
    connection.read(async (queries) => {
      const { rows } = await sql<{ kind: AssetKind; id: string; head_revision_id: string }>`
        select kind, id, head_revision_id from ${queries.dialect.by('maskdesk_assets', 'maskdesk_assets_unchecked')}
        where head_revision_id is not null and checks_version < ${version}
          and head_revision_id not in ${queries.dialect.texts([...except])}
        order by checks_version, worst_key, kind, id limit ${limit}`.execute(queries);
      return rows.map((row) => ({ asset: { kind: row.kind, id: asId(row.id) }, revisionId: asId(row.head_revision_id) }));
    }),
});

/** @returns the asset whose head it is, or null */
const putOne = async (queries: Queries, checks: MaskChecks): Promise<AssetRef | null> => {
  const { revisionId, version, suspicion } = checks;
  const revision = await queries
    .selectFrom('maskdesk_revisions')
    .select(['asset_kind', 'asset_id'])
    .where('revision_id', '=', revisionId)
    .executeTakeFirst();
  if (revision === undefined) return null;
  const results = JSON.stringify(checks.results);
  const kept = await queries
    .insertInto('maskdesk_checks')
    .values({ revision_id: revisionId, version, results, suspicion })
    .onConflict((conflict) =>
      conflict
        .column('revision_id')
        .doUpdateSet({ version, results, suspicion })
        // A program of an earlier version that has the store open as well says nothing against ours.
        .where('maskdesk_checks.version', '<=', version),
    )
    .executeTakeFirst();
  if ((kept.numInsertedOrUpdatedRows ?? 0n) === 0n) return null;
  const { numUpdatedRows } = await queries
    .updateTable('maskdesk_assets')
    .set(columnsOf(checks))
    .where('kind', '=', revision.asset_kind)
    .where('id', '=', revision.asset_id)
    .where('head_revision_id', '=', revisionId)
    .executeTakeFirst();
  return numUpdatedRows === 0n ? null : { kind: revision.asset_kind, id: asId(revision.asset_id) };
};
