import { sql } from 'kysely';
import type { Queries } from './connection.ts';

/** What can be wrong in a store whatever its database; a sentence each. */

export const fewFindings = 5;

/** Kept by triggers: only another program's hand could bring them out of step. */
export const wrongCounts = async (queries: Queries): Promise<string[]> => {
  const { rows } = await sql<{ wrong: number }>`
    select count(*) as wrong from (
      select kind, state, count(*) as total from maskdesk_assets group by 1, 2
      except select kind, state, sum(total) from maskdesk_asset_groups group by 1, 2) as missing`.execute(queries);
  return (rows[0]?.wrong ?? 0) === 0 ? [] : ['The counts of the queue do not agree with its assets.'];
};

export const stuckPublications = async (queries: Queries): Promise<string[]> => {
  const rows = await queries
    .selectFrom('maskdesk_publications')
    .select(['asset_id', 'attempts', 'last_error'])
    .where('state', '=', sql.lit('pending' as const))
    .where('attempts', '>', 0)
    .orderBy('sequence')
    .limit(fewFindings)
    .execute();
  return rows.map((row) => `The mask of ${row.asset_id} is approved but not yet published (${row.attempts} attempts): ${row.last_error ?? ''}`);
};
