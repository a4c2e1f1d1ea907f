import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type RawBuilder } from 'kysely';
import { assetKinds, type AssetKind } from '../../../shared/domain/asset.ts';
import { asId, type Sha256 } from '../../../shared/domain/ids.ts';
import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { present, throwIfCancelled } from '../../../shared/errors/errors.ts';
import { conditionsOf, whereOf } from './assetFilter.ts';
import type { Queries } from './connection.ts';
import { readEntries, readLinks } from './snapshotRead.ts';

/** Between two pages others of this process have their turn: a page is some 20 ms of a million's 20 s. */
const entriesAtOnce = 2_000;

/** What a snapshot holds, put together by {@link fillSnapshot}. */
export interface Filled {
  readonly entryCount: number;
  readonly totalAreaPx: number;
  readonly digest: Sha256;
}

interface Page {
  /** Sequence of the snapshot's row. */
  readonly snapshot: number;
  readonly filter: AssetFilter;
  /** Position of the page's first entry. */
  readonly offset: number;
  /** More conditions on columns of maskdesk_assets. */
  readonly among: readonly RawBuilder<unknown>[];
  /** Null: all of them. */
  readonly limit: number | null;
}

/** How many it has put in. Rows of assets that the pipeline has removed since are left out, as lists leave them out. */
const addEntries = async (queries: Queries, { snapshot, filter, offset, among, limit }: Page): Promise<number> => {
  const { dialect } = queries;
  const inOrder = sql`kind desc, ${dialect.byBytes(sql`id`)}`;
  const ends = limit === null ? sql`` : sql`order by ${inOrder} limit ${limit}`;
  // A keyframe may be in several jobs: in the one that was asked for, else in the first.
  const videoJob = filter.jobId === undefined ? sql`job_of_video.job_id` : sql`${filter.jobId}`;
  const standing = sql`select max(v.sequence) from maskdesk_verdicts v where v.asset_kind = p.kind and v.asset_id = p.id and v.verdict <> 'undo' and v.taken_back = 0`;
  const { numAffectedRows } = await sql`
    with picked as materialized (
      select kind, id, parent_id, state, head_revision_id, row_number() over (order by ${inOrder}) - 1 as place from maskdesk_assets
      ${whereOf([
        sql`head_revision_id is not null`,
        sql`case kind when 'product_image' then exists (select 1 from product_images pi where pi.img_id = maskdesk_assets.id) else exists (select 1 from video_frames vf where vf.frame_id = maskdesk_assets.id) end`,
        ...conditionsOf(dialect, filter),
        ...among,
      ])} ${ends}),
    job_of_video as materialized (select video_id, min(${dialect.byBytes(sql`job_id`)}) as job_id from job_videos group by video_id)
    insert into maskdesk_snapshot_entries (snapshot, position, revision_sequence, verdict_sequence, state, rejections, local_path, parent_id, title, timestamp_s, job_id)
    select ${snapshot}, ${offset} + p.place, r.sequence, case when p.state in ('approved', 'rejected') then (${standing}) end, p.state,
      (select count(*) from maskdesk_verdicts v where v.asset_kind = p.kind and v.asset_id = p.id and v.verdict = 'reject' and v.taken_back = 0),
      coalesce(pi.local_path, vf.local_path), coalesce(pi.product_id, vf.video_id, ''), case p.kind when 'product_image' then product.title else video.title end, vf.ts,
      case p.kind when 'product_image' then product.job_id else ${videoJob} end
    from picked p
    join maskdesk_revisions r on r.revision_id = p.head_revision_id
    left join product_images pi on p.kind = 'product_image' and pi.img_id = p.id
    left join products product on product.product_id = pi.product_id
    left join video_frames vf on p.kind = 'keyframe' and vf.frame_id = p.id
    left join videos video on video.video_id = vf.video_id
    left join job_of_video on job_of_video.video_id = vf.video_id
    where true`.execute(queries);
  return Number(present(numAffectedRows, 'a number of rows'));
};

const lastAdded = async (queries: Queries, snapshot: number, position: number): Promise<string> => {
  const [entry] = await readEntries(queries, snapshot, position - 1, 1);
  return present(entry, 'the entry just added').asset.id;
};

/** Page by page in the order of their key, where a transaction sees one moment. */
const addEntriesOfKind = async (queries: Queries, snapshot: number, filter: AssetFilter, kind: AssetKind, from: number, signal: AbortSignal | undefined): Promise<number> => {
  let offset = from;
  let beyond = sql`true`;
  for (;;) {
    throwIfCancelled(signal);
    const added = await addEntries(queries, { snapshot, filter, offset, among: [sql`kind = ${kind}`, beyond], limit: entriesAtOnce });
    offset += added;
    if (added < entriesAtOnce) return offset;
    beyond = sql`id > ${await lastAdded(queries, snapshot, offset - 1)}`;
    await nextTurn();
  }
};

const addAllEntries = async (queries: Queries, snapshot: number, filter: AssetFilter, signal: AbortSignal | undefined): Promise<number> => {
  if (queries.dialect.oneMoment === 'statement') return addEntries(queries, { snapshot, filter, offset: 0, among: [], limit: null });
  let count = 0;
  for (const kind of [...assetKinds].sort().reverse()) count = await addEntriesOfKind(queries, snapshot, filter, kind, count, signal);
  return count;
};

/** What the matcher says of products and videos that are both in it. */
const addLinks = (queries: Queries, snapshot: number) => {
  const parents = (kind: AssetKind) => sql`(
    select e.parent_id from maskdesk_snapshot_entries e join maskdesk_revisions r on r.sequence = e.revision_sequence
    where e.snapshot = ${snapshot} and r.asset_kind = ${sql.lit(kind)})`;
  return sql`
    with pairs as (
      select distinct coalesce(pi.product_id, m.product_id) as product_id, coalesce(vf.video_id, m.video_id) as video_id from matches m
      left join product_images pi on pi.img_id = m.best_img_id left join video_frames vf on vf.frame_id = m.best_frame_id)
    insert into maskdesk_snapshot_links (snapshot, product_id, video_id)
    select ${snapshot}, product_id, video_id from pairs where product_id in ${parents('product_image')} and video_id in ${parents('keyframe')}`.execute(queries);
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
