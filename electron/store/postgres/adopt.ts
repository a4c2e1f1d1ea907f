import { sql } from 'kysely';
import type { Connection, Queries } from '../sql/connection.ts';

/** Rows of the pipeline's tables that maskdesk.assets does not have yet. */
const unknownRows = sql`
  select 'product_image' as kind, img_id as id, coalesce(product_id, '') as parent_id from product_images i
  where not exists (select 1 from maskdesk_assets a where a.kind = 'product_image' and a.id = i.img_id)
  union all
  select 'keyframe', frame_id, coalesce(video_id, '') from video_frames f
  where not exists (select 1 from maskdesk_assets a where a.kind = 'keyframe' and a.id = f.frame_id)`;

const anyUnknown = async (queries: Queries): Promise<boolean> =>
  (await sql`select 1 from (${unknownRows}) as unknown limit 1`.execute(queries)).rows.length > 0;

/**
 * Changes when rows are added to the pipeline's tables: the server counts them, a second late at most. Where it does not (its counting is switched
 * off) it is always another one.
 */
const rowsAdded = async (queries: Queries): Promise<string> => {
  const { rows } = await sql<{ added: string | null }>`
    select concat_ws(' ', pg_stat_get_tuples_inserted(to_regclass('product_images')), pg_stat_get_tuples_inserted(to_regclass('video_frames')),
      case current_setting('track_counts') when 'on' then '' else random()::text end) as added`.execute(queries);
  return rows[0]?.added ?? '';
};

/** A change is counted a moment after its commit, so that once it was seen the next look must look again. */
const looksAfterChange = 3;

/** Takes them in, as often as it is called; how many. Mostly nobody has added any since the last time, and looking through a million rows costs half a second. */
export const createAdopter = (connection: Connection): ((nowMs: number) => Promise<number>) => {
  let seen: string | null = null;
  let looksLeft = looksAfterChange;
  return async (nowMs) => {
    // Asked for before looking: what is added meanwhile counts as new the next time.
    const now = await connection.read(rowsAdded);
    if (now !== seen) looksLeft = looksAfterChange;
    if (looksLeft === 0) return 0;
    const added = (await connection.read(anyUnknown)) ? await connection.write((queries) => takeIn(queries, nowMs)) : 0;
    seen = now;
    looksLeft--;
    return added;
  };
};

const takeIn = async (queries: Queries, nowMs: number): Promise<number> => {
  await queries.dialect.takeTurns(queries, ['adopt']);
  const { numAffectedRows } = await sql`
    insert into maskdesk_assets (kind, id, parent_id, state, updated_at_ms)
    select kind, id, parent_id, 'unsegmented', ${nowMs} from (${unknownRows}) as unknown
    on conflict (kind, id) do nothing`.execute(queries);
  return Number(numAffectedRows ?? 0n);
};
