import { sql, type Selectable } from 'kysely';
import type { AssetState } from '../../../shared/domain/asset.ts';
import { asId, type ImportId } from '../../../shared/domain/ids.ts';
import type { ImportStanding, MaskImport } from '../../../shared/domain/maskImport.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Connection, Queries } from './connection.ts';
import type { Schema } from './schema.ts';

type ImportRow = Selectable<Schema['maskdesk_mask_imports']>;

/** Sent again, it is there already. */
export const noteImport = async (queries: Queries, importId: ImportId, revisions: readonly NewRevision[], nowMs: number): Promise<void> => {
  const [first] = revisions;
  if (first === undefined) return;
  const { author, importOrigin } = first;
  await queries
    .insertInto('maskdesk_mask_imports')
    .values({ import_id: importId, imported_by: author, source: importOrigin?.source ?? '', format: importOrigin?.format ?? '', masks: revisions.length, created_at_ms: nowMs, undone_at_ms: null, undone_by: null })
    .onConflict((conflict) => conflict.column('import_id').doNothing())
    .execute();
};

/** As many as came in after all. */
export const countImported = async (queries: Queries, importId: ImportId, masks: number): Promise<void> =>
  void (await queries.updateTable('maskdesk_mask_imports').set({ masks }).where('import_id', '=', importId).execute());

export const importNotFound = (importId: string): ExpectedError => new ExpectedError('not_found', `There is no import of masks with the id ${importId} in this store. maskdesk imports lists them.`);

const rowOf = (queries: Queries, importId: ImportId) => queries.selectFrom('maskdesk_mask_imports').selectAll().where('import_id', '=', importId);

/** Nobody else takes it back, or lets a mask of it wait again, until this transaction ends. @throws ExpectedError not_found */
export const lockImport = async (queries: Queries, importId: ImportId): Promise<void> => {
  if ((await queries.dialect.locked(rowOf(queries, importId)).executeTakeFirst()) === undefined) throw importNotFound(importId);
};

/** @throws ExpectedError not_found */
const importRow = async (queries: Queries, importId: ImportId): Promise<ImportRow> => {
  const row = await rowOf(queries, importId).executeTakeFirst();
  if (row === undefined) throw importNotFound(importId);
  return row;
};

interface Alike {
  readonly waits: number;
  readonly left_out: number;
  /** Somebody has gone on from it. */
  readonly gone_on: number;
  /** Of its asset, where it is the head. */
  readonly state: AssetState | null;
  readonly total: number;
}

/** Of an import that was taken back, whatever nobody has judged, left or gone on from went with it, also where its photo, and so its row, is gone. */
const standingOf = async (queries: Queries, { import_id: importId, masks, undone_at_ms: undoneAtMs }: ImportRow): Promise<ImportStanding> => {
  const { rows } = await sql<Alike>`
    select case when w.revision_id is not null and w.decision is null then 1 else 0 end as waits, case when w.decision = 'left' then 1 else 0 end as left_out,
      case when exists (select 1 from maskdesk_revisions made where made.asset_kind = r.asset_kind and made.asset_id = r.asset_id and made.parent_id = r.revision_id) then 1 else 0 end as gone_on, a.state as state, count(*) as total
    from maskdesk_revisions r
    left join maskdesk_import_waits w on w.revision_id = r.revision_id
    left join maskdesk_assets a on a.kind = r.asset_kind and a.id = r.asset_id and a.head_revision_id = r.revision_id
    where r.import_id = ${importId} group by 1, 2, 3, 4`.execute(queries);
  const sum = (belongs: (row: Alike) => boolean): number => rows.filter(belongs).reduce((total, row) => total + Number(row.total), 0);
  const isBeside = ({ state }: Alike): boolean => state === null;
  const standing = {
    toReview: sum(({ state }) => state === 'to_review' || state === 'unsegmented' || state === 'failed'),
    approved: sum(({ state }) => state === 'approved'),
    rejected: sum(({ state }) => state === 'rejected'),
    waiting: sum((row) => isBeside(row) && Number(row.waits) === 1),
    left: sum((row) => isBeside(row) && Number(row.left_out) === 1),
    replaced: sum((row) => isBeside(row) && Number(row.waits) === 0 && Number(row.left_out) === 0 && (undoneAtMs === null || Number(row.gone_on) === 1)),
  };
  const others = Object.values(standing).reduce((total, count) => total + count, 0);
  return { ...standing, takenBack: undoneAtMs === null ? 0 : Math.max(0, masks - others) };
};

const importWith = async (queries: Queries, row: ImportRow): Promise<MaskImport> => ({
  importId: asId(row.import_id),
  atMs: row.created_at_ms,
  by: row.imported_by,
  source: row.source,
  format: row.format,
  masks: row.masks,
  standing: await standingOf(queries, row),
  undoneAtMs: row.undone_at_ms,
  undoneBy: row.undone_by,
});

/** @throws ExpectedError not_found */
export const readImport = async (queries: Queries, importId: ImportId): Promise<MaskImport> => importWith(queries, await importRow(queries, importId));

/** One import after the other, so that others have their turn between two large ones. */
export const listImports = async (connection: Connection, limit: number, before: ImportId | null): Promise<readonly MaskImport[]> => {
  const rows = await connection.read(async (queries) => {
    let query = queries.selectFrom('maskdesk_mask_imports').selectAll().orderBy('sequence', 'desc').limit(limit);
    if (before !== null) query = query.where('sequence', '<', (await importRow(queries, before)).sequence);
    return query.execute();
  });
  const imports: MaskImport[] = [];
  for (const row of rows) imports.push(await connection.read((queries) => importWith(queries, row)));
  return imports;
};
