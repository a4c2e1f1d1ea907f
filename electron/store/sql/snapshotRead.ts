import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { assetFilterSchema } from '../../../shared/contracts/rpc/queue.ts';
import type { AssetKind, AssetState } from '../../../shared/domain/asset.ts';
import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { Snapshot, SnapshotEntry, SnapshotLink, SnapshotVerdict } from '../../../shared/domain/maskSet.ts';
import type { RevisionOrigin } from '../../../shared/domain/revision.ts';
import type { RejectReason, VerdictKind } from '../../../shared/domain/verdict.ts';
import type { Queries } from './connection.ts';
import type { Schema } from './schema.ts';

/** Strict: a filter that we do not know all of would find more than was meant. */
export const filterOf = (json: string): AssetFilter => assetFilterSchema.strict().parse(JSON.parse(json)) as AssetFilter;

type SnapshotRow = Selectable<Schema['maskdesk_snapshots']>;

export const snapshotOf = (row: SnapshotRow): Snapshot => ({
  snapshotId: asId(row.snapshot_id),
  setId: asId(row.set_id),
  setName: row.set_name,
  number: row.number,
  filter: filterOf(row.filter),
  createdBy: row.created_by,
  createdAtMs: row.created_at_ms,
  entryCount: row.entry_count,
  totalAreaPx: row.total_area_px,
  digest: asId(row.digest),
});

export const snapshotRow = (queries: Queries, snapshotId: string): Promise<SnapshotRow | undefined> =>
  queries.selectFrom('maskdesk_snapshots').selectAll().where('snapshot_id', '=', snapshotId).executeTakeFirst();

interface EntryRow {
  position: number;
  asset_kind: AssetKind;
  asset_id: string;
  revision_id: string;
  mask_sha256: string;
  matte_sha256: string | null;
  width_px: number;
  height_px: number;
  area_px: number;
  origin: RevisionOrigin;
  author: string;
  model_id: string | null;
  state: AssetState;
  verdict: VerdictKind | null;
  reviewer: string | null;
  decided_at_ms: number | null;
  reason: RejectReason | null;
  rejections: number;
  local_path: string;
  parent_id: string;
  title: string | null;
  timestamp_s: number | null;
  job_id: string | null;
}

const verdictOf = (row: EntryRow): SnapshotVerdict | null =>
  row.verdict === 'approve' || row.verdict === 'reject' ? { kind: row.verdict, reviewer: row.reviewer ?? '', atMs: row.decided_at_ms ?? 0, reason: row.reason } : null;

const entryOf = (row: EntryRow): SnapshotEntry => ({
  position: row.position,
  asset: { kind: row.asset_kind, id: asId(row.asset_id) },
  revisionId: asId(row.revision_id),
  maskSha256: asId(row.mask_sha256),
  matteSha256: row.matte_sha256 === null ? null : asId(row.matte_sha256),
  widthPx: row.width_px,
  heightPx: row.height_px,
  areaPx: row.area_px,
  origin: row.origin,
  author: row.author,
  modelId: row.model_id === null ? null : asId(row.model_id),
  state: row.state,
  verdict: verdictOf(row),
  rejections: row.rejections,
  localPath: row.local_path,
  productId: row.asset_kind === 'product_image' && row.parent_id !== '' ? asId(row.parent_id) : null,
  videoId: row.asset_kind === 'keyframe' && row.parent_id !== '' ? asId(row.parent_id) : null,
  title: row.title,
  timestampS: row.timestamp_s,
  jobId: row.job_id === null ? null : asId(row.job_id),
});

/** In order, from the one behind `after`. @param snapshot the sequence of its row */
export const readEntries = async (queries: Queries, snapshot: number, after: number, limit: number): Promise<readonly SnapshotEntry[]> => {
  const { rows } = await sql<EntryRow>`
    select e.position, r.asset_kind, r.asset_id, r.revision_id, r.mask_sha256, r.matte_sha256, r.width_px, r.height_px, r.area_px, r.origin, r.author, r.model_id,
      e.state, v.verdict, v.reviewer, v.created_at_ms as decided_at_ms, v.reason, e.rejections, e.local_path, e.parent_id, e.title, e.timestamp_s, e.job_id
    from maskdesk_snapshot_entries e
    join maskdesk_revisions r on r.sequence = e.revision_sequence
    left join maskdesk_verdicts v on v.sequence = e.verdict_sequence
    where e.snapshot = ${snapshot} and e.position > ${after} order by e.position limit ${limit}`.execute(queries);
  return rows.map(entryOf);
};

/** By product, then video. */
export const readLinks = async (queries: Queries, snapshot: number): Promise<readonly SnapshotLink[]> => {
  const { dialect } = queries;
  const { rows } = await sql<{ product_id: string; video_id: string }>`
    select product_id, video_id from maskdesk_snapshot_links where snapshot = ${snapshot}
    order by ${dialect.byBytes(sql`product_id`)}, ${dialect.byBytes(sql`video_id`)}`.execute(queries);
  return rows.map((row) => ({ productId: asId(row.product_id), videoId: asId(row.video_id) }));
};
