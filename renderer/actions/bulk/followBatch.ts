import type { BulkProgress, BulkRefusal } from '../../../shared/contracts/rpc/review.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { isCancelled } from '../../../shared/errors/errors.ts';
import { setBulkRun, stepBulkRun } from '../../stores/bulkRun.ts';

type BatchId = BulkProgress['batchId'];

/** How a batch ended, stopped or not. */
export interface BatchEnd {
  /** Null: it was stopped before it had a name, and nothing was done. */
  readonly batchId: BatchId | null;
  readonly done: number;
  /** Which they are; null when the core was not asked to the end. */
  readonly assets: readonly AssetRef[] | null;
  readonly refused: readonly BulkRefusal[];
  readonly isStopped: boolean;
}

/**
 * Runs a batch with its bar in the queue. Stopped, it ends between two items: what is done is done, and can be taken back.
 * @param ask starts it in the core
 */
export const followBatch = async (label: string, total: number, stop: AbortController, ask: (signal: AbortSignal) => Promise<AsyncIterable<BulkProgress>>): Promise<BatchEnd> => {
  setBulkRun({ label, done: 0, total, startedAtMs: Date.now(), cancel: () => stop.abort() });
  let batchId: BatchId | null = null;
  let done = 0;
  try {
    for await (const step of await ask(stop.signal)) {
      ({ batchId } = step);
      if (step.kind === 'finished') return { batchId, done: step.done.length, assets: step.done, refused: step.refused, isStopped: step.cancelled };
      ({ done } = step);
      stepBulkRun(step.done, step.total);
    }
  } catch (error) {
    if (!stop.signal.aborted && !isCancelled(error)) throw error;
  } finally {
    setBulkRun(null);
  }
  return { batchId, done, assets: null, refused: [], isStopped: true };
};
