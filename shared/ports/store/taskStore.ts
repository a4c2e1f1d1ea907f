import type { AssetRef } from '../../domain/asset.ts';
import type { Task, TaskCounts, SegmentParameters } from '../../domain/task.ts';
import type { TaskId } from '../../domain/ids.ts';

export interface TaskStore {
  /** Assets that already have a queued or running task with the same parameters are skipped. Returns how many were added. */
  enqueue(assets: readonly AssetRef[], parameters: SegmentParameters, options?: { priority?: number }): Promise<number>;
  /** Every asset without a mask and without an unfinished task; returns how many were added. */
  enqueueUnsegmented(parameters: SegmentParameters, filter?: { kind?: AssetRef['kind'] }): Promise<number>;
  /** Highest priority first, then oldest; marks it running for this owner. Null when none is queued. */
  claimNext(owner: string): Promise<Task | null>;
  finish(taskId: TaskId): Promise<void>;
  fail(taskId: TaskId, reason: string): Promise<void>;
  /** Back to the queue, as after a pause. */
  release(taskId: TaskId): Promise<void>;
  /** Queued tasks end as cancelled; returns how many. Running ones are their worker's to stop. */
  cancelQueued(): Promise<number>;
  /** What is on screen goes first. */
  prioritise(assets: readonly AssetRef[], priority: number): Promise<void>;
  counts(): Promise<TaskCounts>;
  /** Running tasks whose owner is not alive go back to the queue; returns how many. */
  requeueOrphans(isAlive: (owner: string) => boolean): Promise<number>;
  /** Newest first. */
  recentFailures(limit: number): Promise<readonly Task[]>;
}
