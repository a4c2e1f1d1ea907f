import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type RawBuilder } from 'kysely';
import type { AssetKind } from '../../../shared/domain/asset.ts';
import { asId, type Sha256 } from '../../../shared/domain/ids.ts';
import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { present, throwIfCancelled } from '../../../shared/errors/errors.ts';
import { conditionsOf, whereOf } from './assetFilter.ts';
import type { Queries } from './connection.ts';
import { readEntries, readLinks } from './snapshotRead.ts';

/** Between two pages others of this process have their turn: a page takes some 40 ms of a processor, a million of them 12 s. */
const entriesAtOnce = 5_000;

/** What a snapshot holds, put together by {@link fillSnapshot}. */
export interface Filled {
  readonly entryCount: number;
  readonly totalAreaPx: number;
  readonly digest: Sha256;
}

/** Assets with a mask that the filter finds, numbered in order. Those whose row the pipeline has removed are left out, as lists leave them out. */
const pickedBy = ({ dialect }: Queries, filter: AssetFilter): RawBuilder<unknown> => sql`
  select row_number() over (order by kind desc, ${dialect.byBytes(sql`id`)}) - 1 as place, kind, id, state, head_revision_id from maskdesk_assets
  ${whereOf([
    sql`head_revision_id is not null`,
    sql`case kind when 'product_image' then exists (select 1 from product_images pi where pi.img_id = maskdesk_assets.id) else exists (select 1 from video_frames vf where vf.frame_id = maskdesk_assets.id) end`,
    ...conditionsOf(dialect, filter),
  ])}`;

/** Columns of an entry, in the order of {@link entriesNow}. */
export const entryColumns = sql`position, revision_sequence, verdict_sequence, state, rejections, local_path, parent_id, title, timestamp_s, job_id`;

/**
 * What is known of them now.
 * @param picked columns as of {@link pickedBy}; a part of a `with`, as it is named in what is given back
 */
export const entriesNow = (queries: Queries, filter: AssetFilter, picked: RawBuilder<unknown>): { readonly parts: RawBuilder<unknown>; readonly select: RawBuilder<unknown> } => {
  // A keyframe may be in several jobs: in the one that was asked for, else in the first.
  const videoJob = filter.jobId === undefined ? sql`job_of_video.job_id` : sql`${filter.jobId}`;
  const standing = sql`select max(v.sequence) from maskdesk_verdicts v where v.asset_kind = p.kind and v.asset_id = p.id and v.verdict <> 'undo' and v.taken_back = 0`;
  const parts = sql`
    with picked as materialized (${picked}),
    job_of_video as materialized (select video_id, min(${queries.dialect.byBytes(sql`job_id`)}) as job_id from job_videos group by video_id)`;
  const select = sql`
    select p.place as position, r.sequence as revision_sequence, case when p.state in ('approved', 'rejected') then (${standing}) end as verdict_sequence, p.state,
      (select count(*) from maskdesk_verdicts v where v.asset_kind = p.kind and v.asset_id = p.id and v.verdict = 'reject' and v.taken_back = 0) as rejections,
      coalesce(pi.local_path, vf.local_path) as local_path, coalesce(pi.product_id, vf.video_id, '') as parent_id,
      case p.kind when 'product_image' then product.title else video.title end as title, vf.ts as timestamp_s,
      case p.kind when 'product_image' then product.job_id else ${videoJob} end as job_id
    from picked p
    join maskdesk_revisions r on r.revision_id = p.head_revision_id
    left join product_images pi on p.kind = 'product_image' and pi.img_id = p.id
    left join products product on product.product_id = pi.product_id
    left join video_frames vf on p.kind = 'keyframe' and vf.frame_id = p.id
    left join videos video on video.video_id = vf.video_id
    left join job_of_video on job_of_video.video_id = vf.video_id
    where true`;
  return { parts, select };
};

/** Written down. @returns how many */
const addEntries = async (queries: Queries, snapshot: number, filter: AssetFilter, picked: RawBuilder<unknown>): Promise<number> => {
  const { parts, select } = entriesNow(queries, filter, picked);
  const { numAffectedRows } = await sql`${parts}
    insert into maskdesk_snapshot_entries (snapshot, ${entryColumns})
    select ${snapshot}, now.* from (${select}) now where true`.execute(queries);
  return Number(present(numAffectedRows, 'a number of rows'));
};

/** The filter is asked once, which for some takes seconds; what it found is gone through page by page. */
const addEntriesInPages = async (queries: Queries, snapshot: number, filter: AssetFilter, signal: AbortSignal | undefined): Promise<number> => {
  await sql`create temp table maskdesk_picked (place integer primary key, kind text not null, id text not null, state text not null, head_revision_id text not null)`.execute(queries);
  await sql`insert into maskdesk_picked ${pickedBy(queries, filter)}`.execute(queries);
  let count = 0;
  for (;;) {
    throwIfCancelled(signal);
    const page = sql`select * from maskdesk_picked where place >= ${count} and place < ${count + entriesAtOnce}`;
    const added = await addEntries(queries, snapshot, filter, page);
    count += added;
    if (added < entriesAtOnce) break;
    await nextTurn();
  }
  await sql`drop table maskdesk_picked`.execute(queries);
  return count;
};

const addAllEntries = (queries: Queries, snapshot: number, filter: AssetFilter, signal: AbortSignal | undefined): Promise<number> =>
  queries.dialect.oneMoment === 'statement'
    ? addEntries(queries, snapshot, filter, pickedBy(queries, filter))
    : addEntriesInPages(queries, snapshot, filter, signal);

/**
 * What the matcher says of products and videos of which at least one is in it: two videos of one product belong together also where none of its own photos is in the
 * set. The joins are on distinct ids, which both databases hash; `in` over all entries PostgreSQL would go through anew for each pair.
 */
const addLinks = (queries: Queries, snapshot: number) => {
  const parents = (kind: AssetKind) => sql`(
    select distinct e.parent_id as id from maskdesk_snapshot_entries e join maskdesk_revisions r on r.sequence = e.revision_sequence
    where e.snapshot = ${snapshot} and r.asset_kind = ${sql.lit(kind)})`;
  return sql`
    with pairs as (
      select distinct coalesce(pi.product_id, m.product_id) as product_id, coalesce(vf.video_id, m.video_id) as video_id from matches m
      left join product_images pi on pi.img_id = m.best_img_id left join video_frames vf on vf.frame_id = m.best_frame_id)
    insert into maskdesk_snapshot_links (snapshot, product_id, video_id)
    select ${snapshot}, pairs.product_id, pairs.video_id from pairs
    left join ${parents('product_image')} product on product.id = pairs.product_id left join ${parents('keyframe')} video on video.id = pairs.video_id
    where pairs.product_id is not null and pairs.video_id is not null and (product.id is not null or video.id is not null)`.execute(queries);
};

/** SHA-256 over a line each: entries as arrays of their fields in the order of {@link SnapshotEntry}, then links. */
const digestOf = async (queries: Queries, snapshot: number, signal: AbortSignal | undefined): Promise<Filled> => {
  const hash = createHash('sha256');
  let entryCount = 0;
  let totalAreaPx = 0;
  for (;;) {
    throwIfCancelled(signal);
    const page = await readEntries(queries, snapshot, entryCount - 1, entriesAtOnce);
    hash.update(page.map((entry) => `${JSON.stringify(Object.values(entry))}\n`).join(''));
    for (const { areaPx } of page) totalAreaPx += areaPx;
    entryCount += page.length;
    if (page.length < entriesAtOnce) break;
    await nextTurn();
  }
  const links = await readLinks(queries, snapshot);
  hash.update(links.map(({ productId, videoId }) => `${JSON.stringify([productId, videoId])}\n`).join(''));
  return { entryCount, totalAreaPx, digest: asId(hash.digest('hex')) };
};

/**
 * Writes down what a filter finds, in one writing transaction. Memory does not grow with it.
 * @param snapshot sequence of the snapshot's row
 * @throws CancelledError
 */
export const fillSnapshot = async (queries: Queries, snapshot: number, filter: AssetFilter, signal?: AbortSignal): Promise<Filled> => {
  if ((await addAllEntries(queries, snapshot, filter, signal)) > 0) await addLinks(queries, snapshot);
  return digestOf(queries, snapshot, signal);
};
