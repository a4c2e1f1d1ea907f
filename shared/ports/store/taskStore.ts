import type { AssetRef } from '../../domain/asset.ts';
import type { SegmentParameters, Task, TaskBatch, TaskBatchKey, TaskCounts, TaskFailure, TaskPage, TaskState } from '../../domain/task.ts';
import type { BatchId, ModelId, TaskId } from '../../domain/ids.ts';

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
  /**
   * Assets with a queued or running task of the same parameters get none; queued ones are raised to the priority. Unknown assets are passed over.
   * @param options.batchId of the tasks that are made, for undoing the re-run as one
   */
  enqueue(assets: readonly AssetRef[], parameters: SegmentParameters, options?: { priority?: number; batchId?: BatchId }): Promise<Enqueued>;
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
  /** A running task ends as cancelled: its worker has let go of it. */
  cancel(taskId: TaskId, owner: string): Promise<boolean>;
  /** As {@link cancelQueued}, what was put in line in one go. */
  cancelQueuedOf(batch: TaskBatchKey): Promise<number>;
  /** Unfinished tasks of a re-run end as cancelled, running ones too: their results stay candidates, whoever works on them. Returns which. */
  cancelRerun(batchId: BatchId): Promise<readonly TaskId[]>;
  /**
   * Failed tasks whose failure stands go back to the queue, ahead of the background work; returns how many.
   * @param among absent: all of them
   */
  retryFailed(priority: number, among?: readonly TaskId[]): Promise<number>;
  /**
   * One state's tasks: queued as they will be claimed, running oldest first, ended ones newest first. Of the failed only those whose
   * failure stands: nothing was tried on the asset since.
   */
  page(state: TaskState, offset: number, limit: number): Promise<TaskPage>;
  /** Everything that is unfinished, and so many of those that ended last; newest first. */
  batches(endedLimit: number): Promise<readonly TaskBatch[]>;
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
