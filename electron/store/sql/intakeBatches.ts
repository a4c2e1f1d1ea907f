import { sql, type RawBuilder, type Selectable } from 'kysely';
import type { AssetKind } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { BatchProgress } from '../../../shared/domain/intake.ts';
import type { Connection, Queries } from './connection.ts';
import { batchEventOf } from './intakeEvents.ts';
import { insertEvents } from './outboxStore.ts';
import type { Schema } from './schema.ts';

export type BatchRow = Selectable<Schema['maskdesk_batches']>;
/** The database's own time, as an expression. */
export type Moment = RawBuilder<number>;

/** Names of a statement, so that thousands of assets stay below a database's limit of parameters. */
const namesAtOnce = 500;

export const inParts = <T>(values: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / namesAtOnce) }, (_, part) => values.slice(part * namesAtOnce, (part + 1) * namesAtOnce));

export const progressOf = (row: BatchRow, timeoutMs: number | null): BatchProgress => ({
  jobId: asId(row.job_id),
  kind: row.kind,
  expected: row.expected,
  arrived: row.arrived,
  stored: row.stored,
  failed: row.failed,
  missing: Math.max(0, (row.expected ?? 0) - row.arrived),
  firstSeenAtMs: row.first_seen_at_ms,
  lastActivityAtMs: row.last_activity_at_ms,
  deadlineAtMs: timeoutMs === null || row.expected === null || row.sent_at_ms !== null ? null : row.last_activity_at_ms + timeoutMs,
  sentAtMs: row.sent_at_ms,
  sentTotal: row.sent_total,
  completedBy: row.completed_by,
  isTimedOut: row.is_timed_out === 1,
});

/** What follows in this transaction has the batch to itself: whoever comes at the same time waits here, and sees all of it afterwards. */
export const lockBatch = (queries: Queries, jobId: string, kind: AssetKind, now: Moment): Promise<BatchRow> =>
  queries
    .updateTable('maskdesk_batches')
    .set({ last_activity_at_ms: now })
    .where('job_id', '=', jobId)
    .where('kind', '=', kind)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Names of assets that count in a batch; those that it has count once. */
export const addToBatch = async (queries: Queries, batch: BatchRow, assetIds: readonly string[]): Promise<BatchRow> => {
  let added = 0;
  for (const part of inParts(assetIds)) {
    const rows = part.map((assetId) => ({ job_id: batch.job_id, kind: batch.kind, asset_id: assetId, state: 'waiting' as const }));
    const result = await queries
      .insertInto('maskdesk_batch_assets')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    added += Number(result.numInsertedOrUpdatedRows ?? 0n);
  }
  return added === 0 ? batch : changeCounts(queries, batch, { arrived: added });
};

/** What became of assets; what was stored once stays so, and what had failed may yet be stored. */
export const countSettled = async (queries: Queries, batch: BatchRow, storedIds: readonly string[], failedIds: readonly string[]): Promise<BatchRow> => {
  const move = async (assetIds: readonly string[], from: 'waiting' | 'failed', to: 'stored' | 'failed'): Promise<number> => {
    if (assetIds.length === 0) return 0;
    const { numUpdatedRows } = await queries
      .updateTable('maskdesk_batch_assets')
      .set({ state: to })
      .where('job_id', '=', batch.job_id)
      .where('kind', '=', batch.kind)
      .where('asset_id', 'in', queries.dialect.texts(assetIds))
      .where('state', '=', from)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  };
  const stored = await move(storedIds, 'waiting', 'stored');
  const mended = batch.failed === 0 ? 0 : await move(storedIds, 'failed', 'stored');
  const failed = await move(failedIds, 'waiting', 'failed');
  return changeCounts(queries, batch, { stored: stored + mended, failed: failed - mended });
};

const changeCounts = (queries: Queries, batch: BatchRow, by: Partial<Record<'arrived' | 'stored' | 'failed', number>>): Promise<BatchRow> =>
  queries
    .updateTable('maskdesk_batches')
    .set((row) => Object.fromEntries(Object.entries(by).map(([name, number]) => [name, row(name as 'arrived', '+', number)])))
    .where('job_id', '=', batch.job_id)
    .where('kind', '=', batch.kind)
    .returningAll()
    .executeTakeFirstOrThrow();

/**
 * The locked batch, with its event enqueued should it be complete: once, whoever comes last.
 * @param messageId whose settlement this is; null: its time is over, it is completed with what there is
 */
export const completeBatch = async (queries: Queries, batch: BatchRow, messageId: string | null, now: Moment): Promise<{ readonly batch: BatchRow; readonly completes: boolean }> => {
  const isComplete = batch.expected !== null && (messageId === null || batch.stored + batch.failed >= batch.expected);
  if (batch.sent_at_ms !== null || !isComplete) return { batch, completes: false };
  await insertEvents(queries, [batchEventOf(batch, batch.stored)], now);
  const sent = await queries
    .updateTable('maskdesk_batches')
    .set({ sent_at_ms: now, sent_total: batch.stored, completed_by: messageId, is_timed_out: messageId === null ? 1 : 0 })
    .where('job_id', '=', batch.job_id)
    .where('kind', '=', batch.kind)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { batch: sent, completes: true };
};

export const readBatch = async (queries: Queries, jobId: string, kind: AssetKind): Promise<BatchRow | null> =>
  (await queries.selectFrom('maskdesk_batches').selectAll().where('job_id', '=', jobId).where('kind', '=', kind).executeTakeFirst()) ?? null;

/** Every worker reads them every few seconds; batches whose total never comes stay open, so there is no end to how many there can be. */
const mostOpenBatches = 1_000;

export const listBatches = async (queries: Queries, sentLimit: number): Promise<readonly BatchRow[]> => {
  const batches = () => queries.selectFrom('maskdesk_batches').selectAll();
  const open = await batches().where('sent_at_ms', 'is', null).orderBy('last_activity_at_ms', 'desc').limit(mostOpenBatches).execute();
  return [...open, ...(await batches().where('sent_at_ms', 'is not', null).orderBy('sent_at_ms', 'desc').limit(sentLimit).execute())];
};

/** One transaction each, so that a long list keeps nobody waiting. */
export const completeOverdue = async (connection: Connection, timeoutMs: number): Promise<readonly BatchProgress[]> => {
  const overdue = (queries: Queries) =>
    queries
      .selectFrom('maskdesk_batches as batch')
      .selectAll()
      .where('sent_at_ms', 'is', null)
      .where('expected', 'is not', null)
      .where('last_activity_at_ms', '<=', sql<number>`${connection.nowMs()} - ${sql.lit(Math.round(timeoutMs))}`)
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('maskdesk_inbox as message')
              .select('message.message_id')
              .whereRef('message.job_id', '=', 'batch.job_id')
              .where('message.state', '=', sql.lit('waiting' as const))
              .where(sql<boolean>`(message.kind = 'image') = (batch.kind = 'product_image')`),
          ),
        ),
      );
  const completed: BatchProgress[] = [];
  for (const { job_id, kind } of await connection.read((queries) => overdue(queries).execute())) {
    const done = await connection.write(async (queries) => {
      // Takes the batch's row, as lockBatch does, and leaves its time as it is.
      await queries.updateTable('maskdesk_batches').set((row) => ({ is_timed_out: row.ref('is_timed_out') })).where('job_id', '=', job_id).where('kind', '=', kind).execute();
      const again = await overdue(queries).where('job_id', '=', job_id).where('kind', '=', kind).executeTakeFirst();
      return again === undefined ? null : completeBatch(queries, again, null, connection.nowMs());
    });
    if (done?.completes === true) completed.push(progressOf(done.batch, null));
  }
  return completed;
};
