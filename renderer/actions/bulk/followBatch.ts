import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import type { BulkProgress, BulkRefusal } from '../../../shared/contracts/rpc/review.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { BugError } from '../../../shared/errors/errors.ts';
import { setBulkRun, stepBulkRun } from '../../stores/bulkRun.ts';
import { inBackground } from '../../stores/notices.ts';

export type BatchId = BulkProgress['batchId'];

/** How a batch ended: at its end, stopped, or by trouble. Whatever was done of it can be taken back by its id. */
export interface BatchEnd {
  readonly batchId: BatchId;
  readonly done: number;
  /** Which they are; null when the core's last word did not arrive. */
  readonly assets: readonly AssetRef[] | null;
  readonly refused: readonly BulkRefusal[];
  readonly isStopped: boolean;
  /** Why it ended with items left although nobody stopped it; a sentence. */
  readonly trouble: string | null;
}

/** Tells the core to stop once the batch has a name, so that its end is told with everything that was done and refused. */
const stopBy = (signal: AbortSignal): ((batchId: BatchId) => void) => {
  let name: BatchId | null = null;
  let isAsked = false;
  const ask = async (): Promise<void> => {
    if (name === null || isAsked || !signal.aborted) return;
    isAsked = true;
    await core().review.stopBatch({ batchId: name });
  };
  signal.addEventListener('abort', () => inBackground(ask(), 'bulk'), { once: true });
  return (batchId) => {
    name = batchId;
    inBackground(ask(), 'bulk');
  };
};

/**
 * Runs a batch with its bar in the queue. Stopped, it ends between two items: what is done is done, and can be taken back.
 * @param begin starts it in the core
 * @throws what kept it from beginning
 */
export const followBatch = async (label: string, total: number, stop: AbortController, begin: () => Promise<AsyncIterable<BulkProgress>>): Promise<BatchEnd> => {
  const named = stopBy(stop.signal);
  setBulkRun({ label, done: 0, total, startedAtMs: Date.now(), cancel: () => stop.abort() });
  let last: BulkProgress | null = null;
  try {
    for await (const step of await begin()) {
      if (last === null) named(step.batchId);
      last = step;
      if (step.kind === 'finished') {
        const { batchId, done, refused, cancelled, failure } = step;
        return { batchId, done: done.length, assets: done, refused, isStopped: cancelled && failure === null, trouble: failure?.message ?? null };
      }
      stepBulkRun(step.done, step.total);
    }
    throw new BugError('A batch ended without telling its end');
  } catch (error) {
    // It has a name: what was done until the core went is there, and can be taken back.
    if (last === null) throw error;
    const done = last.kind === 'progress' ? last.done : last.done.length;
    return { batchId: last.batchId, done, assets: null, refused: [], isStopped: false, trouble: sentenceOf(error) };
  } finally {
    setBulkRun(null);
  }
};
