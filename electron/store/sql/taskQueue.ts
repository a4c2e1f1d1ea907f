import { sql, type RawBuilder } from 'kysely';
import type { AssetKind, AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type BatchId, type TaskId } from '../../../shared/domain/ids.ts';
import type { SegmentParameters } from '../../../shared/domain/task.ts';
import type { Enqueued } from '../../../shared/ports/store/taskStore.ts';
import type { Queries } from './connection.ts';
import { parametersText } from './rows.ts';

/** How assets come into the queue of background work: one statement each, whatever their number (100,000 in about a second). */
export interface NewTasks {
  readonly parameters: SegmentParameters;
  readonly priority: number;
  readonly nowMs: number;
  readonly batchId: BatchId | null;
}

const everyTask = 'tasks of all assets';

/** Beyond so many assets a turn of each would take too many locks. */
const mostTurns = 200;

/** That an asset has no such task yet must still be true when it gets one: nobody else puts it in line meanwhile. */
const takeTurnsFor = async (queries: Queries, assets: readonly AssetRef[]): Promise<void> => {
  const isFew = assets.length <= mostTurns;
  await queries.dialect.takeTurns(queries, [everyTask], isFew ? 'shared' : 'alone');
  if (isFew) await queries.dialect.takeTurns(queries, assets.map(({ kind, id }) => `task of ${kind}:${id}`));
};

/** Tasks for these assets where none with the same parameters is unfinished. */
export const enqueueNamed = async (queries: Queries, assets: readonly AssetRef[], tasks: NewTasks): Promise<Enqueued> => {
  const same = sql`and job.parameters = ${parametersText(tasks.parameters)}`;
  await takeTurnsFor(queries, assets);
  // Somebody waits for it now: what is queued already must not stay behind the background work.
  await raise(queries, assets, tasks.priority, sql`and parameters = ${parametersText(tasks.parameters)}`);
  return insertFor(queries, named(queries, assets), same, tasks);
};

/** Tasks for every asset without a mask where none at all is unfinished. */
export const enqueueWithoutMask = async (queries: Queries, kind: AssetKind | undefined, tasks: NewTasks): Promise<Enqueued> => {
  await queries.dialect.takeTurns(queries, [everyTask]);
  return insertFor(queries, withoutMask(kind), sql``, tasks);
};

/** Queued tasks of these assets; never lowers, so that what a person asked for stays ahead of what is merely on screen. */
export const raise = async (queries: Queries, assets: readonly AssetRef[], priority: number, condition: RawBuilder<unknown>): Promise<void> => {
  await sql`
    update maskdesk_jobs set priority = ${priority}
    where state = 'queued' and priority < ${priority} ${condition} and (asset_kind, asset_id) in
      (select kind, id from ${queries.dialect.assets(assets)} as named)`.execute(queries);
};

/** The pipeline may delete its rows; ours of the same asset stay and are no work any more. */
const inPipeline = sql`case asset.kind
  when 'product_image' then exists (select 1 from product_images image where image.img_id = asset.id)
  else exists (select 1 from video_frames frame where frame.frame_id = asset.id) end`;

/** Selects (kind, id), in the order in which they were named. */
const named = ({ dialect }: Queries, assets: readonly AssetRef[]): RawBuilder<unknown> => sql`
  select asset.kind, asset.id from ${dialect.assets(assets)} as wanted
  join maskdesk_assets asset on asset.kind = wanted.kind and asset.id = wanted.id
  where ${inPipeline}
  group by asset.kind, asset.id order by min(wanted.place)`;

/** No head, and no candidate that waits beside a draft or a verdict either: that one would only be made again. */
const withoutMask = (kind: AssetKind | undefined): RawBuilder<unknown> => sql`
  select kind, id from maskdesk_assets asset where head_revision_id is null ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
    and not exists (select 1 from maskdesk_revisions r where r.asset_kind = asset.kind and r.asset_id = asset.id)
    and ${inPipeline}
  order by kind, parent_id, id`;

const idsOf = (rows: readonly { readonly task_id: string }[]): readonly TaskId[] => rows.map((row) => asId<TaskId>(row.task_id));

/** @param same what an unfinished task must be like to count as the same work */
const insertFor = async (
  queries: Queries,
  assets: RawBuilder<unknown>,
  same: RawBuilder<unknown>,
  { parameters, priority, nowMs, batchId }: NewTasks,
): Promise<Enqueued> => {
  const existing = await sql<{ task_id: string }>`
    select job.task_id from (${assets}) as wanted
    join maskdesk_jobs job on job.asset_kind = wanted.kind and job.asset_id = wanted.id
    where job.state in ('queued', 'running') ${same}`.execute(queries);
  const added = await sql<{ task_id: string }>`
    insert into maskdesk_jobs (task_id, asset_kind, asset_id, parameters, state, priority, created_at_ms, batch_id)
    select ${queries.dialect.uuid()}, wanted.kind, wanted.id, ${parametersText(parameters)}, 'queued', ${priority}, ${nowMs}, ${batchId} from (${assets}) as wanted
    where not exists (
      select 1 from maskdesk_jobs job
      where job.asset_kind = wanted.kind and job.asset_id = wanted.id and job.state in ('queued', 'running') ${same})
    returning task_id`.execute(queries);
  return { added: idsOf(added.rows), existing: idsOf(existing.rows) };
};
