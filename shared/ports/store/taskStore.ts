import type { AssetRef } from '../../domain/asset.ts';
import type { SegmentParameters, Task, TaskCounts, TaskFailure } from '../../domain/task.ts';
import type { ModelId, TaskId } from '../../domain/ids.ts';

/** What is under way for the assets that were asked for. */
export interface Enqueued {
  /** Tasks made by this call. */
  readonly added: readonly TaskId[];
  /** Unfinished tasks that were there before and do the same. */
  readonly existing: readonly TaskId[];
}

export interface ClaimOptions {
  /** How long the claim holds unless it is renewed. After that anybody may take the task. */
  readonly leaseMs: number;
  /** Tasks of these models are passed over. */
  readonly exceptModels?: readonly ModelId[];
  /** Only these tasks; few, since they are looked up at each claim. Absent: any. */
  readonly among?: readonly TaskId[];
}

/**
 * The queue of background work. A running task belongs to an owner for as long as its claim is renewed; whoever has lost a claim can
 * change nothing any more: finish, fail and release say false then.
 */
export interface TaskStore {
  /** Assets with a queued or running task of the same parameters get none; queued ones are raised to the priority. Unknown assets are passed over. */
  enqueue(assets: readonly AssetRef[], parameters: SegmentParameters, options?: { priority?: number }): Promise<Enqueued>;
  /** Every asset without a mask. One with an unfinished task, whatever its parameters, gets none. */
  enqueueUnsegmented(parameters: SegmentParameters, filter?: { kind?: AssetRef['kind'] }): Promise<Enqueued>;
  /** Highest priority first, then oldest; marks it running for this owner. Null when none is queued. */
  claimNext(owner: string, options: ClaimOptions): Promise<Task | null>;
  /** Claims of this owner hold for so long from now on. */
  renew(owner: string, taskIds: readonly TaskId[], leaseMs: number): Promise<void>;
  finish(taskId: TaskId, owner: string): Promise<boolean>;
  fail(taskId: TaskId, owner: string, failure: TaskFailure): Promise<boolean>;
  /** Back to the queue, as after a pause. */
  release(taskId: TaskId, owner: string): Promise<boolean>;
  /** Queued tasks end as cancelled; returns how many. Running ones are their worker's to stop. @param among absent: all */
  cancelQueued(among?: readonly TaskId[]): Promise<number>;
  /** What is on screen goes first. */
  prioritise(assets: readonly AssetRef[], priority: number): Promise<void>;
  counts(): Promise<TaskCounts>;
  /** Oldest first; ids that are not there are left out. */
  get(taskIds: readonly TaskId[]): Promise<readonly Task[]>;
  /** Running tasks whose claim has run out, or whose owner is known to be dead, go back to the queue; returns how many. */
  requeueOrphans(isDead: (owner: string) => boolean): Promise<number>;
  /** Newest first. */
  recentFailures(limit: number): Promise<readonly Task[]>;
}
