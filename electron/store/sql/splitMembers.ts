import { sql, type RawBuilder } from 'kysely';
import type { AssetKind } from '../../../shared/domain/asset.ts';
import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { setFilterOf, type SnapshotLink } from '../../../shared/domain/maskSet.ts';
import type { SplitMembers } from '../../../shared/ports/store/setStore.ts';
import { conditionsOf, whereOf } from './assetFilter.ts';
import type { Queries } from './connection.ts';
import { readLinks } from './snapshotRead.ts';

interface MemberRow {
  readonly kind: AssetKind;
  readonly parent_id: string;
  readonly single: string;
  readonly masks: number | string;
}

const memberOf = ({ kind, parent_id: parent, single, masks }: MemberRow): SplitMembers['members'][number] => ({
  asset: { kind, id: asId(single === '' ? parent : single) },
  productId: kind === 'product_image' && parent !== '' ? asId(parent) : null,
  videoId: kind === 'keyframe' && parent !== '' ? asId(parent) : null,
  masks: Number(masks),
});

/** What a filter finds now, with a mask: a row a product or video, not a row an asset; what has neither stands for itself. */
const foundBy = (queries: Queries, filter: AssetFilter): RawBuilder<unknown> => sql`
  select kind, parent_id, case when parent_id = '' then id else '' end as single from maskdesk_assets
  ${whereOf([
    sql`head_revision_id is not null`,
    sql`case kind when 'product_image' then exists (select 1 from product_images pi where pi.img_id = maskdesk_assets.id) else exists (select 1 from video_frames vf where vf.frame_id = maskdesk_assets.id) end`,
    ...conditionsOf(queries.dialect, setFilterOf(filter)),
  ])}`;

/** As a snapshot would have them: what the matcher says of products and videos of which at least one is found. */
const linksOf = async (queries: Queries, members: SplitMembers['members']): Promise<readonly SnapshotLink[]> => {
  const { rows } = await sql<{ product_id: string; video_id: string }>`
    select distinct coalesce(pi.product_id, m.product_id) as product_id, coalesce(vf.video_id, m.video_id) as video_id from matches m
    left join product_images pi on pi.img_id = m.best_img_id left join video_frames vf on vf.frame_id = m.best_frame_id`.execute(queries);
  const products = new Set<string | null>(members.map(({ productId }) => productId));
  const videos = new Set<string | null>(members.map(({ videoId }) => videoId));
  return rows
    .filter((row) => row.product_id !== null && row.video_id !== null && (products.has(row.product_id) || videos.has(row.video_id)))
    .map((row) => ({ productId: asId(row.product_id), videoId: asId(row.video_id) }));
};

export const splitMembersNow = async (queries: Queries, filter: AssetFilter): Promise<SplitMembers> => {
  const { rows } = await sql<MemberRow>`
    with found as materialized (${foundBy(queries, filter)}) select kind, parent_id, single, count(*) as masks from found group by kind, parent_id, single`.execute(queries);
  const members = rows.map(memberOf);
  return { members, links: await linksOf(queries, members) };
};

/** @param snapshot the sequence of its row */
export const splitMembersThen = async (queries: Queries, snapshot: number): Promise<SplitMembers> => {
  const { rows } = await sql<MemberRow>`
    select kind, parent_id, single, count(*) as masks from (
      select r.asset_kind as kind, e.parent_id, case when e.parent_id = '' then r.asset_id else '' end as single
      from maskdesk_snapshot_entries e join maskdesk_revisions r on r.sequence = e.revision_sequence where e.snapshot = ${snapshot}) entries
    group by kind, parent_id, single`.execute(queries);
  return { members: rows.map(memberOf), links: await readLinks(queries, snapshot) };
};
