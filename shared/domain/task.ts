import type { AssetRef } from './asset.ts';
import type { ModelId, TaskId } from './ids.ts';

export interface SegmentParameters {
  readonly modelId: ModelId;
  /** 0..1 */
  readonly threshold: number;
  readonly wantMatte: boolean;
}

export const taskStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];

/** One piece of background work: a mask for one asset. */
export interface Task {
  readonly taskId: TaskId;
  readonly asset: AssetRef;
  readonly parameters: SegmentParameters;
  readonly state: TaskState;
  /** Higher first. 0 background, 10 on screen, 20 asked for by a person. */
  readonly priority: number;
  /** Why it failed, as a sentence. */
  readonly reason: string | null;
  /** The same for programs: an error's code, or `bug`. */
  readonly errorCode: string | null;
  readonly createdAtMs: number;
  /** Null while it is queued or running. */
  readonly finishedAtMs: number | null;
}

/** Why a task came to nothing: an error's code (`bug` for a fault of ours) and a sentence. */
export interface TaskFailure {
  readonly code: string;
  readonly message: string;
}

export type TaskCounts = Readonly<Record<TaskState, number>>;

/** What was put in line in one go: tasks of one moment and one model. */
export interface TaskBatchKey {
  readonly createdAtMs: number;
  readonly modelId: ModelId;
}

export interface TaskBatch extends TaskBatchKey {
  readonly counts: TaskCounts;
  /** When the last of it ended; null while some of it is unfinished. */
  readonly finishedAtMs: number | null;
}

export interface TaskPage {
  readonly tasks: readonly Task[];
  readonly offset: number;
  /** Of this state, on all pages. */
  readonly total: number;
}
