import { sql } from 'kysely';
import type { StoreHealth } from '../../../shared/ports/store/store.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { Connection, Queries } from '../sql/connection.ts';
import { schemaVersion } from './migrations/index.ts';

const fewFindings = 5;

/** Reads the whole file (quick_check), so it is for `doctor` and `recover`, not for every start. */
export const healthOf = async (connection: Connection): Promise<StoreHealth> => {
  try {
    const findings = await connection.read(async (queries) => [...(await damage(queries)), ...(await wrongCounts(queries)), ...(await stuckPublications(queries))]);
    return { ok: findings.length === 0, findings, schemaVersion };
  } catch (error) {
    if (!isExpected(error, 'store_corrupt')) throw error;
    return { ok: false, findings: [error.message], schemaVersion };
  }
};

const damage = async (queries: Queries): Promise<string[]> => {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(${sql.lit(fewFindings)})`.execute(queries);
  return rows.flatMap(({ quick_check: text }) => (text === 'ok' ? [] : [`The database is damaged: ${text}`]));
};

/** Kept by triggers (migration 0008): only another program's hand could bring them out of step. */
const wrongCounts = async (queries: Queries): Promise<string[]> => {
  const { rows } = await sql<{ wrong: number }>`
    select count(*) as wrong from (
      select kind, state, count(*) as total from maskdesk_assets group by 1, 2
      except select kind, state, sum(total) from maskdesk_asset_groups group by 1, 2)`.execute(queries);
  return (rows[0]?.wrong ?? 0) === 0 ? [] : ['The counts of the queue do not agree with its assets.'];
};

const stuckPublications = async (queries: Queries): Promise<string[]> => {
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
