import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { SnapshotId } from '../../../shared/domain/ids.ts';
import { setFilterOf } from '../../../shared/domain/maskSet.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import { conditionsOf, whereOf } from './assetFilter.ts';
import type { Queries } from './connection.ts';
import { entriesNow, entryColumns } from './freezeSet.ts';
import { measureSet } from './setMeasure.ts';
import type { filterOf} from './snapshotRead.ts';
import { readLinks, snapshotOf, snapshotRow } from './snapshotRead.ts';
import { splitMembersNow } from './splitMembers.ts';

const entriesAtOnce = 5_000;

/** How many of a page of entries would be frozen as they stand there. An entry's place follows from which assets there are. */
const sameEntries = async (queries: Queries, snapshot: number, filter: ReturnType<typeof filterOf>, from: number): Promise<number> => {
  const page = sql`snapshot = ${snapshot} and position >= ${from} and position < ${from + entriesAtOnce}`;
  const found = sql`
    select kind, id, state, head_revision_id from maskdesk_assets
    ${whereOf([
      sql`(kind, id) in (select r.asset_kind, r.asset_id from maskdesk_snapshot_entries e join maskdesk_revisions r on r.sequence = e.revision_sequence where ${page})`,
      sql`case kind when 'product_image' then exists (select 1 from product_images pi where pi.img_id = maskdesk_assets.id) else exists (select 1 from video_frames vf where vf.frame_id = maskdesk_assets.id) end`,
      ...conditionsOf(queries.dialect, filter),
    ])}`;
  const picked = sql`
    select e.position as place, found.kind, found.id, found.state, found.head_revision_id from maskdesk_snapshot_entries e
    join maskdesk_revisions r on r.sequence = e.revision_sequence join (${found}) found on found.kind = r.asset_kind and found.id = r.asset_id where ${page}`;
  const { parts, select } = entriesNow(queries, filter, picked);
  const { rows } = await sql<{ same: number | string }>`${parts}
    select count(*) as same from (select now.* from (${select}) now intersect select ${entryColumns} from maskdesk_snapshot_entries where ${page}) both_of_them`.execute(queries);
  return Number(rows[0]?.same ?? 0);
};

type Read = <T>(read: (queries: Queries) => Promise<T>) => Promise<T>;

/** Whether freezing its filter now would give the same entries and links. The first page that differs ends it. @throws ExpectedError not_found; CancelledError */
export const holdsSame = async (read: Read, snapshotId: SnapshotId, signal?: AbortSignal): Promise<boolean> => {
  const { snapshot, sequence } = await read(async (queries) => {
    const row = await snapshotRow(queries, snapshotId);
    if (row === undefined) throw new ExpectedError('not_found', `There is no snapshot ${snapshotId} in this store.`);
    return { snapshot: snapshotOf(row), sequence: row.sequence };
  });
  const { masks, totalAreaPx } = await read((queries) => measureSet(queries, snapshot.filter));
  if (masks !== snapshot.entryCount || totalAreaPx !== snapshot.totalAreaPx) return false;
  const filter = setFilterOf(snapshot.filter);
  for (let from = 0; from < snapshot.entryCount; from += entriesAtOnce) {
    throwIfCancelled(signal);
    const expected = Math.min(entriesAtOnce, snapshot.entryCount - from);
    if ((await read((queries) => sameEntries(queries, sequence, filter, from))) !== expected) return false;
    await nextTurn();
  }
  throwIfCancelled(signal);
  return read(async (queries) => {
    const key = ({ productId, videoId }: { readonly productId: string; readonly videoId: string }): string => JSON.stringify([productId, videoId]);
    const then = new Set((await readLinks(queries, sequence)).map(key));
    const now = (await splitMembersNow(queries, filter)).links.map(key);
    return now.length === then.size && now.every((link) => then.has(link));
  });
};
