import { sql } from 'kysely';
import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { setFilterOf } from '../../../shared/domain/maskSet.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { SetMeasure } from '../../../shared/ports/store/setStore.ts';
import { conditionsOf, whereOf } from './assetFilter.ts';
import type { Queries } from './connection.ts';

/** In one pass; the area is the revisions'. */
export const measureSet = async (queries: Queries, filter: AssetFilter): Promise<SetMeasure> => {
  const { rows } = await sql<Record<keyof SetMeasure, number | null>>`
    with found as materialized (
      select kind, parent_id, head_revision_id from maskdesk_assets
      ${whereOf([
        sql`case kind when 'product_image' then exists (select 1 from product_images pi where pi.img_id = maskdesk_assets.id) else exists (select 1 from video_frames vf where vf.frame_id = maskdesk_assets.id) end`,
        ...conditionsOf(queries.dialect, setFilterOf(filter)),
      ])})
    select count(r.sequence) as "masks", count(*) filter (where r.area_px = 0) as "empty", count(*) - count(r.sequence) as "withoutMask", sum(r.area_px) as "totalAreaPx",
      count(r.sequence) filter (where kind = 'product_image') as "productImages", count(r.sequence) filter (where kind = 'keyframe') as "keyframes",
      count(distinct case when r.sequence is not null and kind = 'product_image' and found.parent_id <> '' then found.parent_id end) as "products",
      count(distinct case when r.sequence is not null and kind = 'keyframe' and found.parent_id <> '' then found.parent_id end) as "videos"
    from found left join maskdesk_revisions r on r.revision_id = found.head_revision_id`.execute(queries);
  const row = present(rows[0], 'a measure');
  return {
    masks: row.masks ?? 0,
    empty: row.empty ?? 0,
    withoutMask: row.withoutMask ?? 0,
    totalAreaPx: row.totalAreaPx ?? 0,
    productImages: row.productImages ?? 0,
    keyframes: row.keyframes ?? 0,
    products: row.products ?? 0,
    videos: row.videos ?? 0,
  };
};
