import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { taskStates, type Task, type TaskBatch, type TaskCounts, type TaskPage } from '../../domain/task.ts';
import type { BatchId } from '../../domain/ids.ts';
import { assetRefSchema, batchIdSchema, modelIdSchema, output, taskIdSchema, thresholdSchema } from './types.ts';

export interface SegmentationStatus {
  readonly counts: TaskCounts;
  readonly paused: boolean;
  /** Tasks finished a minute, over the last minutes of work; null before the first. */
  readonly perMinute: number | null;
  readonly secondsLeft: number | null;
  /** For example "isnet-quint8 · cpu"; null before a session is loaded. */
  readonly provider: string | null;
  /** A sentence while something keeps work from going on (weights missing, provider lost). */
  readonly notice: string | null;
}

const parameters = { modelId: modelIdSchema.optional(), threshold: thresholdSchema.optional(), wantMatte: z.boolean().optional() };

const taskIds = z.array(taskIdSchema).min(1).max(10_000);

export const segmentationContract = {
  /** Starts the background work on everything that has no mask. @returns how many tasks were added */
  start: oc.input(z.object(parameters)).output(output<{ readonly added: number }>()),
  /** Re-runs the named assets, ahead of the background work. */
  rerun: oc.input(z.object({ assets: z.array(assetRefSchema).min(1).max(10_000), ...parameters })).output(output<{ readonly added: number; readonly batchId: BatchId }>()),
  /** Takes a re-run back as one: cancels what is left of it, puts back the heads that its results replaced where nobody has worked on them since. */
  undoRerun: oc.input(z.object({ batchId: batchIdSchema })).output(output<{ readonly cancelled: number; readonly restored: number }>()),
  pause: oc.input(z.object({ paused: z.boolean() })).output(output<SegmentationStatus>()),
  /** Without an input: everything. With one: single tasks, or what was put in line in one go. */
  cancel: oc
    .input(z.union([z.object({ taskIds }), z.object({ batch: z.object({ createdAtMs: z.int(), modelId: modelIdSchema }) })]).optional())
    .output(output<{ readonly cancelled: number }>()),
  /** Failed tasks go back in line, ahead of the background work; without ids all of them. */
  retry: oc.input(z.object({ taskIds: taskIds.optional() })).output(output<{ readonly retried: number }>()),
  tasks: oc.input(z.object({ state: z.enum(taskStates), offset: z.int().min(0), limit: z.int().min(1).max(200) })).output(output<TaskPage>()),
  batches: oc.output(output<readonly TaskBatch[]>()),
  prioritise: oc.input(z.object({ assets: z.array(assetRefSchema).max(200) })).output(output<void>()),
  status: oc.output(output<SegmentationStatus>()),
  failures: oc.output(output<readonly Task[]>()),
  /** Now and at each change (at most a few times a second). */
  watch: oc.output(eventIterator(output<SegmentationStatus>())),
};
