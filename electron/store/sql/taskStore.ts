import { sql, type RawBuilder } from 'kysely';
import { taskStates, type Task, type TaskCounts, type TaskState } from '../../../shared/domain/task.ts';
import { asId, type TaskId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ClaimOptions, TaskStore } from '../../../shared/ports/store/taskStore.ts';
import type { Connection, Queries } from './connection.ts';
import { taskOf } from './rows.ts';
import { readBatches, readTaskPage, retryFailed } from './taskRead.ts';
import { enqueueNamed, enqueueWithoutMask, raise } from './taskQueue.ts';

interface Ended {
  readonly state: TaskState;
  readonly reason?: string;
  readonly error_code?: string;
  readonly finished_at_ms?: number;
}

export const createTaskStore = (connection: Connection, clock: Clock): TaskStore => {
  /** A task that somebody else has taken since is no longer ours to end. */
  const endRunning = (taskId: TaskId, owner: string, change: Ended): Promise<boolean> =>
    connection.write(async (queries) => {
      const { numUpdatedRows } = await queries
        .updateTable('maskdesk_jobs')
        .set({ ...change, owner: null, claim_expires_at_ms: null })
        .where('task_id', '=', taskId)
        .where('state', '=', 'running')
        .where('owner', '=', owner)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    });
  /** By the database's own clock: claims are looked at by other machines. */
  const expiresIn = (leaseMs: number): RawBuilder<number> => sql`${connection.nowMs()} + ${leaseMs}`;
  return {
    enqueue: (assets, parameters, { priority = 0, batchId = null } = {}) =>
      connection.write((queries) => enqueueNamed(queries, assets, { parameters, priority, nowMs: clock.nowMs(), batchId })),
    enqueueUnsegmented: (parameters, { kind } = {}) =>
      connection.write((queries) => enqueueWithoutMask(queries, kind, { parameters, priority: 0, nowMs: clock.nowMs(), batchId: null })),
    claimNext: async (owner, options) => {
      // Looks before it asks for the write lock: mostly an idle worker finds nothing.
      if ((await connection.read((queries) => nextQueued(queries, options).execute(queries))).rows.length === 0) return null;
      return connection.write((queries) => claim(queries, options, owner, expiresIn(options.leaseMs)));
    },
    renew: (owner, taskIds, leaseMs) =>
      connection.write(async (queries) => {
        await queries
          .updateTable('maskdesk_jobs')
          .set({ claim_expires_at_ms: expiresIn(leaseMs) })
          .where('task_id', 'in', queries.dialect.texts(taskIds))
          .where('state', '=', 'running')
          .where('owner', '=', owner)
          .execute();
      }),
    finish: (taskId, owner) => endRunning(taskId, owner, { state: 'done', finished_at_ms: clock.nowMs() }),
    fail: (taskId, owner, { code, message }) =>
      endRunning(taskId, owner, { state: 'failed', reason: message, error_code: code, finished_at_ms: clock.nowMs() }),
    release: (taskId, owner) => endRunning(taskId, owner, { state: 'queued' }),
    cancel: (taskId, owner) => endRunning(taskId, owner, { state: 'cancelled', finished_at_ms: clock.nowMs() }),
    cancelQueuedOf: ({ createdAtMs, modelId }) =>
      connection.write(async (queries) => {
        const { numUpdatedRows } = await queries
          .updateTable('maskdesk_jobs')
          .set({ state: 'cancelled', finished_at_ms: clock.nowMs() })
          .where('created_at_ms', '=', createdAtMs)
          .where('model_id', '=', modelId)
          .where('state', '=', 'queued')
          .executeTakeFirstOrThrow();
        return Number(numUpdatedRows);
      }),
    cancelRerun: (batchId) =>
      connection.write(async (queries) => {
        const rows = await queries
          .updateTable('maskdesk_jobs')
          .set({ state: 'cancelled', finished_at_ms: clock.nowMs(), owner: null, claim_expires_at_ms: null })
          .where('batch_id', '=', batchId)
          .where('state', 'in', ['queued', 'running'])
          .returning('task_id')
          .execute();
        return rows.map((row) => asId(row.task_id));
      }),
    retryFailed: (priority, among) => connection.write((queries) => retryFailed(queries, priority, among === undefined ? sql`` : sql`and job.task_id in ${queries.dialect.texts(among)}`)),
    page: (state, offset, limit) => connection.read((queries) => readTaskPage(queries, state, offset, limit)),
    batches: (endedLimit) => connection.read((queries) => readBatches(queries, endedLimit)),
    cancelQueued: (among) =>
      connection.write(async (queries) => {
        let update = queries.updateTable('maskdesk_jobs').set({ state: 'cancelled', finished_at_ms: clock.nowMs() }).where('state', '=', 'queued');
        if (among !== undefined) update = update.where('task_id', 'in', queries.dialect.texts(among));
        return Number((await update.executeTakeFirstOrThrow()).numUpdatedRows);
      }),
    prioritise: (assets, priority) => connection.write((queries) => raise(queries, assets, priority, sql``)),
    counts: () => connection.read(countTasks),
    get: (taskIds) =>
      connection.read(async (queries) => {
        const rows = await queries.selectFrom('maskdesk_jobs').selectAll().where('task_id', 'in', queries.dialect.texts(taskIds)).orderBy('sequence').execute();
        return rows.map(taskOf);
      }),
    requeueOrphans: (isDead) => requeueOrphans(connection, isDead),
    recentFailures: (limit) =>
      connection.read(async (queries) => {
        const rows = await queries
          .selectFrom('maskdesk_jobs')
          .selectAll()
          .where('state', '=', 'failed')
          .orderBy('finished_at_ms', 'desc')
          .orderBy('sequence', 'desc')
          .limit(limit)
          .execute();
        return rows.map(taskOf);
      }),
  };
};

const nextQueued = ({ dialect }: Queries, { exceptModels = [], among }: ClaimOptions): RawBuilder<{ sequence: number }> => sql`
  select sequence from maskdesk_jobs job where state = 'queued'
    ${exceptModels.length === 0 ? sql`` : sql`and model_id not in ${dialect.texts(exceptModels)}`}
    ${among === undefined ? sql`` : sql`and task_id in ${dialect.texts(among)}`}
  order by priority desc, sequence limit 1`;

/** What somebody else claims at this moment is passed over, where two may write at once. */
const claim = async (queries: Queries, options: ClaimOptions, owner: string, expiresAtMs: RawBuilder<number>): Promise<Task | null> => {
  const row = await queries
    .updateTable('maskdesk_jobs')
    .set({ state: 'running', owner, claim_expires_at_ms: expiresAtMs, reason: null, error_code: null })
    .where('sequence', '=', sql<number>`(${nextQueued(queries, options)} ${queries.dialect.rowLockSkipping('job')})`)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : taskOf(row);
};

const countTasks = async (queries: Queries): Promise<TaskCounts> => {
  const rows = await queries
    .selectFrom('maskdesk_jobs')
    .select('state')
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .groupBy('state')
    .execute();
  const counts = Object.fromEntries(taskStates.map((state) => [state, 0])) as Record<TaskState, number>;
  for (const row of rows) counts[row.state] = row.total;
  return counts;
};

/** Asked every few seconds, and mostly there is nothing: the write lock is taken only where there is. */
const requeueOrphans = async (connection: Connection, isDead: (owner: string) => boolean): Promise<number> => {
  const running = (queries: Queries) =>
    queries
      .selectFrom('maskdesk_jobs')
      .select(['task_id', 'owner'])
      .select(sql<number>`case when claim_expires_at_ms > ${connection.nowMs()} then 1 else 0 end`.as('is_claimed'))
      .where('state', '=', 'running');
  type Running = Awaited<ReturnType<ReturnType<typeof running>['execute']>>;
  const orphansAmong = (tasks: Running): readonly string[] =>
    tasks.filter((task) => task.is_claimed === 0 || task.owner === null || isDead(task.owner)).map((task) => task.task_id);
  if (orphansAmong(await connection.read((queries) => running(queries).execute())).length === 0) return 0;
  return connection.write(async (queries) => {
    const orphans = orphansAmong(await queries.dialect.locked(running(queries).orderBy('sequence')).execute());
    const { numUpdatedRows } = await queries
      .updateTable('maskdesk_jobs')
      .set({ state: 'queued', owner: null, claim_expires_at_ms: null })
      .where('task_id', 'in', queries.dialect.texts(orphans))
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  });
};
