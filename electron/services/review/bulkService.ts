import { setImmediate as nextTurn } from 'node:timers/promises';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type BatchId } from '../../../shared/domain/ids.ts';
import type { BulkProgress, BulkRefusal, BulkVerdict } from '../../../shared/contracts/rpc/review.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { AppEvents } from '../appEvents.ts';
import type { Publisher } from '../publish/publisher.ts';
import type { BulkService, Seen } from '../services.ts';
import { assertNoDraft } from './ownDraft.ts';
import type { Batch, VerdictGiver } from './verdictGiver.ts';

interface BulkParts {
  readonly store: Store;
  readonly giver: VerdictGiver;
  readonly events: AppEvents;
  readonly publisher: Publisher;
  readonly clock: Clock;
  /** Who sits in front of the app now. */
  readonly reviewer: () => string;
}

/** How often people are told; what changed is told in one go for all since the last time. */
const tellEveryMs = 150;

/** The store's own trouble: it would meet every item alike, so the work ends with it. */
const storeTrouble: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['store_unreachable', 'blobs_unreachable', 'store_locked', 'store_corrupt', 'disk_full', 'permission_denied']);

/** The first of each asset: the same verdict twice on one would take two undos. */
const distinct = <T extends { readonly asset: AssetRef }>(items: readonly T[]): readonly T[] => [
  ...new Map([...items].reverse().map((item) => [assetKey(item.asset), item])).values(),
].reverse();

/**
 * One verdict on many assets. Every item is a verdict of its own, judged and written as by hand in its own transaction: others write and
 * publish between any two, a crash leaves whole verdicts, and an item that can't be judged keeps nobody else from it. A batch id in the
 * verdicts makes them one for undo.
 */
export const createBulkService = ({ store, giver, events, publisher, clock, reviewer }: BulkParts): BulkService => {
  const running = new Set<{ readonly batchId: BatchId; readonly stop: AbortController }>();

  /** @param work false: there was nothing to do */
  async function* each<T extends { readonly asset: AssetRef }>(
    batchId: BatchId,
    items: readonly T[],
    work: (item: T) => Promise<boolean>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<BulkProgress, void, void> {
    const done: AssetRef[] = [];
    const refused: BulkRefusal[] = [];
    let failure: { readonly code: ErrorCode; readonly message: string } | null = null;
    const entry = { batchId, stop: new AbortController() };
    running.add(entry);
    let untold: AssetRef[] = [];
    let toldAtMs = performance.now();
    const tell = (): void => {
      toldAtMs = performance.now();
      if (untold.length === 0) return;
      events.assetsChanged(untold);
      untold = [];
      publisher.kick();
    };
    const progress = (): BulkProgress => ({ kind: 'progress', batchId, done: done.length + refused.length, total: items.length });
    try {
      yield progress();
      for (const item of items) {
        if (signal?.aborted === true || entry.stop.signal.aborted) break;
        const asset: AssetRef = { kind: item.asset.kind, id: item.asset.id };
        try {
          if (await work(item)) untold.push(asset);
          done.push(asset);
        } catch (error) {
          if (!(error instanceof ExpectedError)) throw error;
          if (storeTrouble.has(error.code)) {
            failure = { code: error.code, message: error.message };
            break;
          }
          refused.push({ asset, code: error.code, message: error.message });
        }
        // Promises of a synchronous database never leave this turn of the event loop.
        await nextTurn();
        if (performance.now() - toldAtMs < tellEveryMs) continue;
        tell();
        yield progress();
      }
    } finally {
      running.delete(entry);
      tell();
    }
    yield { kind: 'finished', batchId, done, refused, cancelled: done.length + refused.length < items.length, failure };
  }

  const judgeOne = async (item: Seen, verdict: BulkVerdict, batch: Batch): Promise<boolean> => {
    switch (verdict.kind) {
      case 'approve': {
        // Approved as it is: once more would be an event more for the pipeline that says nothing new.
        const current = await store.assets.get(item.asset);
        if (current?.state === 'approved' && current.headRevisionId === item.expectedHead) return false;
        await assertNoDraft(store, item.asset, batch.reviewer);
        await giver.approve({ ...item, maskSha256: null }, batch);
        return true;
      }
      case 'reject':
        await giver.reject({ ...item, reason: verdict.reason, note: verdict.note }, batch);
        return true;
      case 'reopen': {
        const current = await store.assets.get(item.asset);
        if (current !== null && current.state !== 'approved' && current.state !== 'rejected') return false;
        await giver.reopen(item, batch);
        return true;
      }
    }
  };

  async function* undo(batchId: BatchId, signal?: AbortSignal): AsyncGenerator<BulkProgress, void, void> {
    const given = await store.review.ofBatch(batchId);
    if (given.length === 0) throw new ExpectedError('nothing_to_undo', 'These verdicts were taken back already, or there are none of that id.');
    const batch: Batch = { batchId, reviewer: reviewer() };
    yield* each(batchId, [...given].reverse(), async (verdict) => (await giver.undo(verdict, batch), true), signal);
  }

  return {
    judge: (items, verdict, signal) => {
      const batch: Batch = { batchId: asId<BatchId>(clock.uuid()), reviewer: reviewer() };
      return each(batch.batchId, distinct(items), (item) => judgeOne(item, verdict, batch), signal);
    },
    undo,
    stop: (batchId) => {
      const found = [...running].filter((entry) => entry.batchId === batchId);
      for (const { stop } of found) stop.abort();
      return found.length > 0;
    },
  };
};
