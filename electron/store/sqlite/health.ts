import { sql } from 'kysely';
import type { StoreHealth } from '../../../shared/ports/store/store.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { Connection, Queries } from '../sql/connection.ts';
import { fewFindings, stuckPublications, wrongCounts } from '../sql/health.ts';
import { schemaVersion } from './migrations/index.ts';

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
