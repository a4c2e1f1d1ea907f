import { sql } from 'kysely';
import type { Queries } from './connection.ts';

/** Something refers to the row that we know nothing of: a table of the pipeline's. As SQLite and PostgreSQL (23503) say it. */
const isReferredTo = (error: unknown): boolean => /^(SQLITE_CONSTRAINT_FOREIGNKEY|23503)$/.test(String((error as { code?: unknown } | null)?.code));

/** All of it, or nothing where another table refers to it. */
export const removeIfFree = async (queries: Queries, remove: () => Promise<unknown>): Promise<boolean> => {
  await sql`savepoint taking_back`.execute(queries);
  try {
    await remove();
    await sql`release savepoint taking_back`.execute(queries);
    return true;
  } catch (error) {
    if (!isReferredTo(error)) throw error;
    await sql`rollback to savepoint taking_back`.execute(queries);
    return false;
  }
};
