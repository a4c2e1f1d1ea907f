import { sql } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { AuditEntry } from '../../../shared/domain/audit.ts';
import { asId, type RevisionId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { AuditStore } from '../../../shared/ports/store/auditStore.ts';
import { assetRow } from './assetState.ts';
import { addToTrail, countTrail, pageOfTrail } from './auditTrail.ts';
import type { Connection, Queries } from './connection.ts';
import { commentOf, revisionOf } from './rows.ts';
import { verdictsOf } from './verdictRead.ts';

const revisionId = (value: string | null): RevisionId | null => (value === null ? null : asId(value));

/** When the pipeline's row was made, where its table says so. */
const importedAt = async (queries: Queries, { kind, id }: AssetRef): Promise<AuditEntry[]> => {
  const table = kind === 'keyframe' ? 'video_frames' : 'product_images';
  if (!(await queries.dialect.hasColumn(queries, table, 'created_at'))) return [];
  const { rows } = await sql<{ at_s: number | null }>`
    select ${queries.dialect.epochS('created_at')} as at_s from ${sql.table(table)}
    where ${sql.ref(kind === 'keyframe' ? 'frame_id' : 'img_id')} = ${id}`.execute(queries);
  return rows.flatMap(({ at_s }) => (at_s === null ? [] : { kind: 'imported' as const, atMs: at_s * 1000, who: null }));
};

const masks = async (queries: Queries, asset: AssetRef): Promise<AuditEntry[]> => {
  const rows = await queries
    .selectFrom('maskdesk_revisions')
    .selectAll()
    .where('asset_kind', '=', asset.kind)
    .where('asset_id', '=', asset.id)
    .orderBy('sequence')
    .execute();
  return rows.map(revisionOf).map((revision) => ({ kind: 'mask', atMs: revision.createdAtMs, who: revision.author, revision }));
};

const verdicts = async (queries: Queries, asset: AssetRef): Promise<AuditEntry[]> => {
  const given = await verdictsOf(queries, asset);
  const byId = new Map(given.map((verdict) => [verdict.verdictId, verdict]));
  return given.map((verdict) => ({
    kind: 'verdict',
    atMs: verdict.createdAtMs,
    who: verdict.reviewer,
    verdict,
    undone: verdict.undoesVerdictId === null ? null : (byId.get(verdict.undoesVerdictId) ?? null),
  }));
};

const headMoves = async (queries: Queries, asset: AssetRef): Promise<AuditEntry[]> => {
  const rows = await queries
    .selectFrom('maskdesk_head_moves')
    .selectAll()
    .where('asset_kind', '=', asset.kind)
    .where('asset_id', '=', asset.id)
    .orderBy('sequence')
    .execute();
  return rows.flatMap((row): AuditEntry[] => {
    const [from, to] = [revisionId(row.from_revision_id), revisionId(row.to_revision_id)];
    const move = { kind: 'head', who: row.moved_by, atMs: row.created_at_ms, fromRevisionId: from, revisionId: to, isUndo: false } as const;
    return row.undone_at_ms === null ? [move] : [move, { ...move, atMs: row.undone_at_ms, fromRevisionId: to, revisionId: from, isUndo: true }];
  });
};

const publications = async (queries: Queries, asset: AssetRef): Promise<AuditEntry[]> => {
  const rows = await queries
    .selectFrom('maskdesk_publications')
    .selectAll()
    .where('asset_kind', '=', asset.kind)
    .where('asset_id', '=', asset.id)
    .orderBy('sequence')
    .execute();
  return rows.map((row) => ({
    kind: 'publication',
    atMs: row.finished_at_ms ?? row.created_at_ms,
    who: null,
    outcome: row.state === 'published' && row.revision_id === null ? 'withdrawn' : row.state,
    revisionId: revisionId(row.revision_id),
    stablePath: row.stable_path,
    lastError: row.state === 'published' ? null : row.last_error,
  }));
};

const comments = async (queries: Queries, asset: AssetRef): Promise<AuditEntry[]> => {
  const rows = await queries
    .selectFrom('maskdesk_comments as c')
    .innerJoin('maskdesk_comment_events as e', 'e.comment_id', 'c.comment_id')
    .selectAll('c')
    .select(['e.change', 'e.who', 'e.at_ms', 'e.text as text_then'])
    .where('c.asset_kind', '=', asset.kind)
    .where('c.asset_id', '=', asset.id)
    .orderBy('e.sequence')
    .execute();
  return rows.map((row) => ({ kind: 'comment', change: row.change, atMs: row.at_ms, who: row.who, comment: { ...commentOf(row), text: row.text_then } }));
};

/** In the order in which they happened; of one moment, in this one: a mask is there before it is judged, judged before it is published. */
const parts = [importedAt, masks, headMoves, verdicts, publications, comments];

export const createAuditStore = (connection: Connection, clock: Clock): AuditStore => ({
  append: (record) => connection.write((queries) => addToTrail(queries, record, clock.nowMs())),
  page: (span, after, limit) => connection.read((queries) => pageOfTrail(queries, span, after, limit)),
  count: (span) => connection.read((queries) => countTrail(queries, span)),
  ofAsset: (asset) =>
    connection.read(async (queries) => {
      await assetRow(queries, asset);
      const entries: AuditEntry[] = [];
      for (const part of parts) entries.push(...(await part(queries, asset)));
      return entries.sort((a, b) => a.atMs - b.atMs).reverse();
    }),
});
