import { describe, expect, it } from 'vitest';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { assetKey } from '../../../shared/domain/asset.ts';
import { asId, type BatchId, type RevisionId } from '../../../shared/domain/ids.ts';
import { present } from '../../../shared/errors/errors.ts';
import { assetLease } from '../../../shared/ports/store/leaseStore.ts';
import { addFrame, addImage, frame1, frame2, image1, image2, modelRevision, parameters, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const batchId: BatchId = asId('rerun');

export const rerunContract = (current: StoreUnderTest): void => {
  describe('re-runs and their undo', () => {
    const headOf = async (asset: AssetRef) => (await current.fixture.store.assets.get(asset))?.headRevisionId ?? null;
    const addMask = async (asset: AssetRef): Promise<RevisionId> => (await current.fixture.store.revisions.addCandidate(modelRevision(asset))).revision.revisionId;
    /** Takes the next task and adds its result, as a worker does. */
    const work = async (): Promise<{ asset: AssetRef; result: RevisionId }> => {
      const { tasks, revisions } = current.fixture.store;
      const task = present(await tasks.claimNext('me', { leaseMs: 1000 }), 'a task');
      const { revision } = await revisions.addCandidate(modelRevision(task.asset), task.taskId);
      await tasks.finish(task.taskId, 'me');
      return { asset: task.asset, result: revision.revisionId };
    };

    it('puts back what results replaced, where no person has taken it in hand since; what is left is cancelled', async () => {
      const { store } = current.fixture;
      const [image3, frame3]: AssetRef[] = [{ kind: 'product_image', id: asId('image-3') }, { kind: 'keyframe', id: asId('frame-3') }];
      await addImage(store, asId('image-3'));
      await addFrame(store, asId('frame-3'), 99);
      const assets = [image1, image2, frame1, frame2, present(image3, 'ref'), present(frame3, 'ref')];
      const before = new Map<AssetRef, RevisionId>();
      for (const asset of assets.slice(0, 5)) before.set(asset, await addMask(asset));
      await store.tasks.enqueue(assets, parameters, { batchId, priority: 20 });
      const results = [await work(), await work(), await work(), await work(), await work()];
      for (const { asset, result } of results) expect(await headOf(asset)).toBe(result);
      // image2 is judged, frame1 edited, frame2 has a newer result, image3 a draft.
      await store.review.recordVerdict(verdictInput(image2, 'reject', await headOf(image2)));
      await store.leases.acquire(assetLease(assetKey(frame1)), 'bo', 60_000);
      const newer = await addMask(frame2);
      await store.drafts.put({ asset: present(image3, 'ref'), reviewer: 'bo', baseRevisionId: null, widthPx: 40, heightPx: 20, maskRle: new Uint8Array(1) });
      expect(await store.tasks.cancelRerun(batchId)).toHaveLength(1);
      expect(await store.tasks.counts()).toMatchObject({ done: 5, cancelled: 1, queued: 0 });
      expect(await store.revisions.restoreReplaced(batchId)).toEqual([image1]);
      expect(await store.assets.get(image1)).toMatchObject({ state: 'to_review', headRevisionId: before.get(image1) });
      expect(await headOf(image2)).toBe(results[1]?.result);
      expect(await headOf(frame1)).toBe(results[2]?.result);
      expect(await headOf(frame2)).toBe(newer);
      expect(await headOf(present(image3, 'ref'))).toBe(results[4]?.result);
      expect(await headOf(present(frame3, 'ref'))).toBeNull();
      expect(await store.revisions.restoreReplaced(batchId)).toEqual([]);
    });

    it('a first mask stays, and the result of a task that was cancelled in hand only waits beside the head', async () => {
      const { store } = current.fixture;
      const before = await addMask(image1);
      await store.tasks.enqueue([image2, image1], parameters, { batchId });
      const first = await work();
      const task = present(await store.tasks.claimNext('me', { leaseMs: 1000 }), 'a task');
      expect(await store.tasks.cancelRerun(batchId)).toEqual([task.taskId]);
      expect(await store.revisions.addCandidate(modelRevision(image1), task.taskId)).toMatchObject({ becameHead: false });
      expect(await store.tasks.finish(task.taskId, 'me')).toBe(false);
      expect(await store.revisions.restoreReplaced(batchId)).toEqual([]);
      expect([await headOf(image1), await headOf(image2)]).toEqual([before, first.result]);
    });

    it('leaves alone what others had put in the queue already', async () => {
      const { store } = current.fixture;
      const { added } = await store.tasks.enqueue([image1], parameters);
      expect(await store.tasks.enqueue([image1, image2], parameters, { batchId })).toMatchObject({ existing: added });
      expect(await store.tasks.cancelRerun(batchId)).toHaveLength(1);
      expect(await store.tasks.counts()).toMatchObject({ queued: 1, cancelled: 1 });
    });
  });
};
