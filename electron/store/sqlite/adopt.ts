import { sql } from 'kysely';
import type { Connection, Queries } from './connection.ts';
import { untouchedWorstKey } from './assetState.ts';

/** Rows of the pipeline's tables that maskdesk_assets does not have yet. */
const unknownRows = sql`
  select 'product_image' as kind, img_id as id, coalesce(product_id, '') as parent_id from product_images i
  where not exists (select 1 from maskdesk_assets a where a.kind = 'product_image' and a.id = i.img_id)
  union all
  select 'keyframe', frame_id, coalesce(video_id, '') from video_frames f
  where not exists (select 1 from maskdesk_assets a where a.kind = 'keyframe' and a.id = f.frame_id)`;

const anyUnknown = async (queries: Queries): Promise<boolean> =>
  (await sql`select 1 from (${unknownRows}) limit 1`.execute(queries)).rows.length > 0;

/** Takes them in; looks before it asks for the write lock, since mostly there is nothing. */
export const adoptNew = async (connection: Connection, nowMs: number): Promise<number> => {
  if (!(await connection.read(anyUnknown))) return 0;
  return connection.write(async (queries) => {
    const { numAffectedRows } = await sql`
      insert into maskdesk_assets (kind, id, parent_id, state, worst_key, updated_at_ms)
      select kind, id, parent_id, 'unsegmented', ${untouchedWorstKey}, ${nowMs} from (${unknownRows})`.execute(queries);
    return Number(numAffectedRows ?? 0n);
  });
};
