import { sql } from 'kysely';
import type { Queries } from './connection.ts';
import type { Moment } from './intakeBatches.ts';

/**
 * Removes up to `limit` messages that nothing more will be done for and that have not been touched since. The jobs' batches and which assets they counted stay:
 * a message that comes again after that is answered once more, and changes no total and no batch event. @returns how many were removed
 */
export const pruneMessages = async (queries: Queries, before: Moment, limit: number): Promise<number> => {
  const old = await queries
    .selectFrom('maskdesk_inbox as message')
    .select('message.message_id')
    .where('message.state', 'in', [sql.lit('settled' as const), sql.lit('dead' as const)])
    .where('message.touched_at_ms', '<=', before)
    .where((row) =>
      row.not(row.exists(row.selectFrom('maskdesk_inbox_assets as asset').select('asset.asset_id').whereRef('asset.message_id', '=', 'message.message_id').where('asset.wants_proposal', '=', 1))),
    )
    // Always in the same order: two workers that do this at once never wait for each other in a circle.
    .orderBy('message.message_id')
    .limit(limit)
    .execute();
  if (old.length === 0) return 0;
  // A dead one may be woken just now by whoever put it back: it is taken only as long as it is as it was found.
  const taken = await queries
    .updateTable('maskdesk_inbox')
    .set((row) => ({ kind: row.ref('kind') }))
    .where('message_id', 'in', queries.dialect.texts(old.map(({ message_id }) => message_id)))
    .where('state', 'in', [sql.lit('settled' as const), sql.lit('dead' as const)])
    .where('touched_at_ms', '<=', before)
    .returning('message_id')
    .execute();
  const ids = queries.dialect.texts(taken.map(({ message_id }) => message_id));
  await queries.deleteFrom('maskdesk_inbox_assets').where('message_id', 'in', ids).execute();
  await queries.deleteFrom('maskdesk_inbox').where('message_id', 'in', ids).execute();
  return taken.length;
};
