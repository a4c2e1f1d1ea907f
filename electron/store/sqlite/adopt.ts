import { sql } from 'kysely';
import { present } from '../../../shared/errors/errors.ts';
import type { Connection, Queries } from '../sql/connection.ts';

/** Rows of the pipeline's tables that maskdesk_assets does not have yet. */
const unknownRows = sql`
  select 'product_image' as kind, img_id as id, coalesce(product_id, '') as parent_id from product_images i
  where not exists (select 1 from maskdesk_assets a where a.kind = 'product_image' and a.id = i.img_id)
  union all
  select 'keyframe', frame_id, coalesce(video_id, '') from video_frames f
  where not exists (select 1 from maskdesk_assets a where a.kind = 'keyframe' and a.id = f.frame_id)`;

const anyUnknown = async (queries: Queries): Promise<boolean> =>
  (await sql`select 1 from (${unknownRows}) limit 1`.execute(queries)).rows.length > 0;

/** Changes with every commit of another connection, our own writer's among them. */
const dataVersion = async (queries: Queries): Promise<number> => {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(queries);
  return present(rows[0], 'data_version').data_version;
};

/**
 * Takes them in, as often as it is called; how many. Mostly nobody has written since the last time, which costs 0.1 ms to see; looking
 * through 100 000 rows costs 80 ms, and the write lock is asked for only when there is something to take.
 */
export const createAdopter = (connection: Connection): ((nowMs: number) => Promise<number>) => {
  let seenVersion: number | null = null;
  return async (nowMs) => {
    // Asked for before looking: what is committed meanwhile counts as new the next time.
    const version = await connection.read(dataVersion);
    if (version === seenVersion) return 0;
    const added = (await connection.read(anyUnknown)) ? await connection.write((queries) => takeIn(queries, nowMs)) : 0;
    seenVersion = version;
    return added;
  };
};

const takeIn = async (queries: Queries, nowMs: number): Promise<number> => {
  const { numAffectedRows } = await sql`
    insert into maskdesk_assets (kind, id, parent_id, state, updated_at_ms)
    select kind, id, parent_id, 'unsegmented', ${nowMs} from (${unknownRows})`.execute(queries);
  return Number(numAffectedRows ?? 0n);
};
