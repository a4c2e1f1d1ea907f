import { sql, type RawBuilder, type Selectable } from 'kysely';
import { asId, type ModelId, type TaskId } from '../../../shared/domain/ids.ts';
import { taskStates, type TaskBatch, type TaskCounts, type TaskPage, type TaskState } from '../../../shared/domain/task.ts';
import type { Queries } from './connection.ts';
import { taskOf } from './rows.ts';
import type { Schema } from './schema.ts';

/** A failure stands while nothing was tried on the asset after it; what was tried and cancelled changes nothing. */
export const standing = sql`not exists (
  select 1 from maskdesk_jobs later
  where later.asset_kind = job.asset_kind and later.asset_id = job.asset_id and later.sequence > job.sequence
    and later.state in ('queued', 'running', 'done', 'failed'))`;

const conditionOf = (state: TaskState): RawBuilder<unknown> => (state === 'failed' ? sql`job.state = 'failed' and ${standing}` : sql`job.state = ${state}`);

/** Queued: as they will be claimed. */
const orderOf = (state: TaskState): RawBuilder<unknown> => {
  if (state === 'queued') return sql`job.priority desc, job.sequence`;
  return state === 'running' ? sql`job.sequence` : sql`job.finished_at_ms desc, job.sequence desc`;
};

export const readTaskPage = async (queries: Queries, state: TaskState, offset: number, limit: number): Promise<TaskPage> => {
  const condition = conditionOf(state);
  const total = await sql<{ total: number }>`select count(*) as total from maskdesk_jobs job where ${condition}`.execute(queries);
  const page = await sql<Selectable<Schema['maskdesk_jobs']>>`
    select * from maskdesk_jobs job where ${condition} order by ${orderOf(state)} limit ${limit} offset ${offset}`.execute(queries);
  return { tasks: page.rows.map(taskOf), offset, total: total.rows[0]?.total ?? 0 };
};

interface BatchRow {
  readonly created_at_ms: number;
  readonly model_id: string;
  readonly state: TaskState;
  readonly total: number;
  readonly ended_at_ms: number | null;
}

const noCounts = (): Record<TaskState, number> => Object.fromEntries(taskStates.map((state) => [state, 0])) as Record<TaskState, number>;

/** Batches by their rows, which come grouped. */
const batchesOf = (rows: readonly BatchRow[]): readonly TaskBatch[] => {
  const batches = new Map<string, { createdAtMs: number; modelId: ModelId; counts: Record<TaskState, number>; endedAtMs: number | null }>();
  for (const row of rows) {
    const key = `${row.created_at_ms} ${row.model_id}`;
    const batch = batches.get(key) ?? { createdAtMs: row.created_at_ms, modelId: asId<ModelId>(row.model_id), counts: noCounts(), endedAtMs: null };
    batch.counts[row.state] = row.total;
    if (row.ended_at_ms !== null) batch.endedAtMs = Math.max(batch.endedAtMs ?? 0, row.ended_at_ms);
    batches.set(key, batch);
  }
  const unfinished = (counts: TaskCounts): boolean => counts.queued + counts.running > 0;
  return [...batches.values()].map(({ endedAtMs, ...batch }) => ({ ...batch, finishedAtMs: unfinished(batch.counts) ? null : endedAtMs }));
};

/** Batches looked at, newest first; whatever is unfinished behind them still shows in the counts. */
const mostBatches = 2000;

/** The key before another in the batches' index: one step down the index, not a walk over the batch's tasks. */
const keyBefore = (column: 'created_at_ms' | 'model_id'): RawBuilder<unknown> => sql`(
  select ${sql.ref(column)} from maskdesk_jobs
  where (created_at_ms, model_id) < (keys.created_at_ms, keys.model_id)
  order by created_at_ms desc, model_id desc limit 1)`;

/** Keys are stepped through, and only what is shown is counted. 100,000 tasks in one batch take 0.1 s, which is why the panel rests in between. */
export const readBatches = async (queries: Queries, endedLimit: number): Promise<readonly TaskBatch[]> => {
  const { rows } = await sql<BatchRow>`
    with recursive keys (created_at_ms, model_id) as (
      select * from (select created_at_ms, model_id from maskdesk_jobs order by created_at_ms desc, model_id desc limit 1) as newest
      union all
      select ${keyBefore('created_at_ms')}, ${keyBefore('model_id')} from keys where keys.created_at_ms is not null
      ${queries.dialect.recursionLimit(mostBatches)}),
    latest as materialized (select created_at_ms, model_id from keys where created_at_ms is not null limit ${mostBatches}),
    shown as (
      select * from (select created_at_ms, model_id from latest limit ${endedLimit}) as ended
      union
      select created_at_ms, model_id from latest keys where exists (
        select 1 from maskdesk_jobs job
        where job.created_at_ms = keys.created_at_ms and job.model_id = keys.model_id and job.state in ('queued', 'running')))
    select job.created_at_ms, job.model_id, job.state, count(*) as total, max(job.finished_at_ms) as ended_at_ms
    from shown ${queries.dialect.smallJoin} maskdesk_jobs job on job.created_at_ms = shown.created_at_ms and job.model_id = shown.model_id
    group by job.created_at_ms, job.model_id, job.state
    order by job.created_at_ms desc, job.model_id`.execute(queries);
  return batchesOf(rows);
};

/** @returns how many went back into the queue */
export const retryFailed = async (queries: Queries, priority: number, among: RawBuilder<unknown>): Promise<number> => {
  const changed = await sql<{ task_id: TaskId }>`
    update maskdesk_jobs as job
    set state = 'queued', priority = ${priority}, owner = null, reason = null, error_code = null, finished_at_ms = null, claim_expires_at_ms = null
    where job.state = 'failed' and ${standing} ${among}
    returning task_id`.execute(queries);
  return changed.rows.length;
};
