import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Asset, AssetKind, AssetState } from '../../../shared/domain/asset.ts';
import type { CheckId } from '../../../shared/domain/check.ts';
import { asId, type JobId } from '../../../shared/domain/ids.ts';
import type { Queries } from './connection.ts';

interface FullRow {
  kind: AssetKind;
  id: string;
  state: AssetState;
  title: string | null;
  product_id: string | null;
  video_id: string | null;
  ts: number | null;
  product_job_id: string | null;
  local_path: string;
  masked_local_path: string | null;
  width_px: number | null;
  height_px: number | null;
  head_revision_id: string | null;
  head_model_id: string | null;
  head_area_share: number | null;
  suspicion: number | null;
  top_check: CheckId | null;
  check_value: string | null;
  reason: string | null;
  reviewer: string | null;
  has_draft: number;
  /** JSON; null: there is no draft. */
  drafts_by: string | null;
  open_comments: number;
  updated_at_ms: number;
}

/**
 * Whole assets for a list of keys.
 * @param keys a select of (kind, id, place), small (a page, a product): rows come back by place
 */
export const readAssets = async (queries: Queries, keys: RawBuilder<unknown>): Promise<Asset[]> => {
  const { rows } = await sql<FullRow>`
    with keys as materialized (${keys})
    select a.kind, a.id, a.state, a.width_px, a.height_px, a.head_revision_id, a.head_model_id, a.head_area_share, a.suspicion, a.top_check, a.check_value,
      a.reason, a.reviewer, a.has_draft, a.updated_at_ms,
      case when a.has_draft = 1 then (select ${queries.dialect.jsonList(sql`reviewer`)} from (
        select d.reviewer from maskdesk_drafts d where d.kind = a.kind and d.asset_id = a.id order by d.reviewer) as drafted) end as drafts_by,
      pi.product_id, vf.video_id, vf.ts, p.job_id as product_job_id,
      case a.kind when 'product_image' then p.title else v.title end as title,
      case a.kind when 'product_image' then pi.local_path else vf.local_path end as local_path,
      case a.kind when 'product_image' then pi.masked_local_path else vf.masked_local_path end as masked_local_path,
      (select count(*) from maskdesk_comments c where c.asset_kind = a.kind and c.asset_id = a.id and c.resolved_at_ms is null and c.removed_at_ms is null) as open_comments
    from keys
    ${queries.dialect.smallJoin} maskdesk_assets a on a.kind = keys.kind and a.id = keys.id
    left join product_images pi on a.kind = 'product_image' and pi.img_id = a.id
    left join products p on p.product_id = pi.product_id
    left join video_frames vf on a.kind = 'keyframe' and vf.frame_id = a.id
    left join videos v on v.video_id = vf.video_id
    where pi.img_id is not null or vf.frame_id is not null
    order by keys.place`.execute(queries);
  const videoJobs = await jobsOfVideos(queries, new Set(rows.flatMap((row) => row.video_id ?? [])));
  return rows.map((row) => assetOf(row, videoJobs));
};

/** One statement for all videos of a page: the pipeline's job_videos has no index by video. */
const jobsOfVideos = async (queries: Queries, videoIds: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly JobId[]>> => {
  const jobs = new Map<string, JobId[]>();
  if (videoIds.size === 0) return jobs;
  const rows = await queries
    .selectFrom('job_videos')
    .select(['video_id', 'job_id'])
    .where('video_id', 'in', queries.dialect.texts([...videoIds]))
    .orderBy('job_id')
    .execute();
  for (const row of rows) jobs.set(row.video_id, [...(jobs.get(row.video_id) ?? []), asId<JobId>(row.job_id)]);
  return jobs;
};

const namesSchema = z.array(z.string());

const orNull = <Id extends string>(value: string | null): Id | null => (value === null ? null : asId<Id>(value));

const assetOf = (row: FullRow, videoJobs: ReadonlyMap<string, readonly JobId[]>): Asset => ({
  kind: row.kind,
  id: asId(row.id),
  state: row.state,
  title: row.title,
  productId: orNull(row.product_id),
  videoId: orNull(row.video_id),
  timestampS: row.ts,
  jobIds: row.kind === 'keyframe' ? (videoJobs.get(row.video_id ?? '') ?? []) : row.product_job_id === null ? [] : [asId(row.product_job_id)],
  localPath: row.local_path,
  maskedLocalPath: row.masked_local_path,
  widthPx: row.width_px,
  heightPx: row.height_px,
  headRevisionId: orNull(row.head_revision_id),
  headModelId: orNull(row.head_model_id),
  headAreaShare: row.head_area_share,
  suspicion: row.suspicion,
  topCheck: row.top_check,
  checkValue: row.check_value,
  reason: row.reason,
  reviewer: row.reviewer,
  hasDraft: row.has_draft === 1,
  draftsBy: row.drafts_by === null ? [] : namesSchema.parse(JSON.parse(row.drafts_by)),
  openComments: row.open_comments,
  updatedAtMs: row.updated_at_ms,
});
