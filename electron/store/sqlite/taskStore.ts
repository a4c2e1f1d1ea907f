import { sql, type RawBuilder } from 'kysely';
import { taskStates, type SegmentParameters, type Task, type TaskCounts, type TaskState } from '../../../shared/domain/task.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { TaskStore } from '../../../shared/ports/store/taskStore.ts';
import type { Connection, Queries } from './connection.ts';
import { parametersText, taskOf } from './rows.ts';

export const createTaskStore = (connection: Connection, clock: Clock): TaskStore => {
  const endRunning = (taskId: string, change: { state: TaskState; reason?: string; owner?: null; finished_at_ms?: number }) =>
    connection.write(async (queries) => {
      await queries.updateTable('maskdesk_jobs').set(change).where('task_id', '=', taskId).where('state', '=', 'running').execute();
    });
  return {
    enqueue: (assets, parameters, { priority = 0 } = {}) =>
      connection.write(async (queries) => {
        const text = parametersText(parameters);
        // Somebody waits for it now: what is queued already must not stay behind the background work.
        await raise(queries, assets, priority, sql`and parameters = ${text}`);
        return insertFor(queries, parameters, priority, clock.nowMs(), named(assets), sql`and job.parameters = ${text}`);
      }),
    enqueueUnsegmented: (parameters, { kind } = {}) =>
      connection.write((queries) => insertFor(queries, parameters, 0, clock.nowMs(), withoutMask(kind), sql``)),
    claimNext: async (owner) => {
      if (!(await connection.read(anyQueued))) return null;
      return connection.write((queries) => claimNext(queries, owner));
    },
    finish: (taskId) => endRunning(taskId, { state: 'done', finished_at_ms: clock.nowMs() }),
    fail: (taskId, reason) => endRunning(taskId, { state: 'failed', reason, finished_at_ms: clock.nowMs() }),
    release: (taskId) => endRunning(taskId, { state: 'queued', owner: null }),
    cancelQueued: () =>
      connection.write(async (queries) => {
        const { numUpdatedRows } = await queries
          .updateTable('maskdesk_jobs')
          .set({ state: 'cancelled', finished_at_ms: clock.nowMs() })
          .where('state', '=', 'queued')
          .executeTakeFirstOrThrow();
        return Number(numUpdatedRows);
      }),
    prioritise: (assets, priority) => connection.write((queries) => raise(queries, assets, priority, sql``)),
    counts: () => connection.read(countTasks),
    requeueOrphans: (isAlive) => connection.write((queries) => requeueOrphans(queries, isAlive)),
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

const refsJson = (assets: readonly AssetRef[]): string => JSON.stringify(assets.map(({ kind, id }) => ({ kind, id })));

/** Selects (kind, id), in the order in which they were named. */
const named = (assets: readonly AssetRef[]): RawBuilder<unknown> => sql`
  select asset.kind, asset.id from json_each(${refsJson(assets)}) as wanted
  join maskdesk_assets asset on asset.kind = wanted.value ->> 'kind' and asset.id = wanted.value ->> 'id'
  group by asset.kind, asset.id order by min(wanted.key)`;

/** No head, and no candidate that waits beside a draft or a verdict either: that one would only be made again. */
const withoutMask = (kind: AssetRef['kind'] | undefined): RawBuilder<unknown> => sql`
  select kind, id from maskdesk_assets asset where head_revision_id is null ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
    and not exists (select 1 from maskdesk_revisions r where r.asset_kind = asset.kind and r.asset_id = asset.id)
  order by kind, parent_id, id`;

/** One statement whatever the number of assets: 100,000 are queued in about a second. */
const insertFor = async (
  queries: Queries,
  parameters: SegmentParameters,
  priority: number,
  nowMs: number,
  assets: RawBuilder<unknown>,
  sameWork: RawBuilder<unknown>,
): Promise<number> => {
  const { numAffectedRows } = await sql`
    insert into maskdesk_jobs (task_id, asset_kind, asset_id, parameters, state, priority, created_at_ms)
    select maskdesk_uuid(), wanted.kind, wanted.id, ${parametersText(parameters)}, 'queued', ${priority}, ${nowMs} from (${assets}) as wanted
    where not exists (
      select 1 from maskdesk_jobs job
      where job.asset_kind = wanted.kind and job.asset_id = wanted.id and job.state in ('queued', 'running') ${sameWork})`.execute(queries);
  return Number(numAffectedRows ?? 0n);
};

const anyQueued = async (queries: Queries): Promise<boolean> =>
  (await queries.selectFrom('maskdesk_jobs').select('sequence').where('state', '=', 'queued').limit(1).executeTakeFirst()) !== undefined;

const claimNext = async (queries: Queries, owner: string): Promise<Task | null> => {
  const row = await queries
    .updateTable('maskdesk_jobs')
    .set({ state: 'running', owner, reason: null })
    .where('sequence', '=', (expression) =>
      expression.selectFrom('maskdesk_jobs').select('sequence').where('state', '=', 'queued').orderBy('priority', 'desc').orderBy('sequence').limit(1),
    )
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : taskOf(row);
};

/** Queued tasks of these assets; never lowers, so that what a person asked for stays ahead of what is merely on screen. */
const raise = async (queries: Queries, assets: readonly AssetRef[], priority: number, condition: RawBuilder<unknown>): Promise<void> => {
  await sql`
    update maskdesk_jobs set priority = ${priority}
    where state = 'queued' and priority < ${priority} ${condition} and (asset_kind, asset_id) in
      (select value ->> 'kind', value ->> 'id' from json_each(${refsJson(assets)}))`.execute(queries);
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

const requeueOrphans = async (queries: Queries, isAlive: (owner: string) => boolean): Promise<number> => {
  const owners = await queries.selectFrom('maskdesk_jobs').select('owner').distinct().where('state', '=', 'running').execute();
  const dead = owners.flatMap(({ owner }) => (owner !== null && !isAlive(owner) ? [owner] : []));
  if (dead.length === 0) return 0;
  const { numUpdatedRows } = await queries
    .updateTable('maskdesk_jobs')
    .set({ state: 'queued', owner: null })
    .where('state', '=', 'running')
    .where('owner', 'in', dead)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
};
