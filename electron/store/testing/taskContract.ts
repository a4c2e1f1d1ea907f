import { describe, expect, it } from 'vitest';
import { asId } from '../../../shared/domain/ids.ts';
import { frame1, frame2, image1, image2, modelRevision, parameters, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

export const taskContract = (current: StoreUnderTest): void => {
  describe('tasks', () => {
    it('queues an asset once for the same work', async () => {
      const { store } = current.fixture;
      expect(await store.tasks.enqueue([image1, image1, image2], parameters)).toBe(2);
      expect(await store.tasks.enqueue([image1, frame1, { kind: 'keyframe', id: asId('nobody') }], parameters)).toBe(1);
      expect(await store.tasks.enqueue([image1], { ...parameters, threshold: 0.4 })).toBe(1);
      const task = await store.tasks.claimNext('me');
      expect(task).toMatchObject({ asset: image1, parameters, state: 'running', priority: 0, reason: null });
      expect(await store.tasks.enqueue([image1], parameters)).toBe(0);
      await store.tasks.finish(task?.taskId ?? asId(''));
      expect(await store.tasks.enqueue([image1], parameters)).toBe(1);
      expect(await store.tasks.counts()).toEqual({ queued: 4, running: 0, done: 1, failed: 0, cancelled: 0 });
    });

    it('queues everything that has no mask and no unfinished task', async () => {
      const { store } = current.fixture;
      await store.tasks.enqueue([image1], { ...parameters, threshold: 0.1 });
      await store.revisions.addCandidate(modelRevision(image2));
      expect(await store.tasks.enqueueUnsegmented(parameters, { kind: 'product_image' })).toBe(0);
      expect(await store.tasks.enqueueUnsegmented(parameters)).toBe(2);
      expect(await store.tasks.enqueueUnsegmented(parameters)).toBe(0);
    });

    it('does not make a candidate again that waits beside a verdict', async () => {
      const { store } = current.fixture;
      await store.review.recordVerdict(verdictInput(image1, 'reject', null));
      expect((await store.revisions.addCandidate(modelRevision(image1))).becameHead).toBe(false);
      expect(await store.tasks.enqueueUnsegmented(parameters, { kind: 'product_image' })).toBe(1);
    });

    it('gives the highest priority first, then the oldest', async () => {
      const { store } = current.fixture;
      await store.tasks.enqueue([image1, image2, frame1], parameters);
      await store.tasks.enqueue([frame2], parameters, { priority: 20 });
      await store.tasks.prioritise([frame1], 10);
      await store.tasks.prioritise([frame2], 10);
      const order = [];
      for (;;) {
        const task = await store.tasks.claimNext('me');
        if (task === null) break;
        order.push([task.asset.id, task.priority]);
      }
      expect(order).toEqual([['frame-2', 20], ['frame-1', 10], ['image-1', 0], ['image-2', 0]]);
    });

    it('raises what is queued already when a person asks for it', async () => {
      const { store } = current.fixture;
      await store.tasks.enqueueUnsegmented(parameters);
      expect(await store.tasks.enqueue([image2], parameters, { priority: 20 })).toBe(0);
      expect(await store.tasks.claimNext('me')).toMatchObject({ asset: image2, priority: 20 });
    });

    it('ends tasks as done, failed, released or cancelled', async () => {
      const { store, clock } = current.fixture;
      await store.tasks.enqueue([image1, image2, frame1, frame2], parameters);
      const claim = async () => (await store.tasks.claimNext('me'))?.taskId ?? asId('');
      const first = await claim();
      await store.tasks.fail(first, 'Too dark.');
      clock.advance(5);
      await store.tasks.fail(await claim(), 'Too bright.');
      const released = await claim();
      await store.tasks.release(released);
      expect(await claim()).toBe(released);
      expect(await store.tasks.cancelQueued()).toBe(1);
      await store.tasks.finish(released);
      expect(await store.tasks.counts()).toEqual({ queued: 0, running: 0, done: 1, failed: 2, cancelled: 1 });
      expect((await store.tasks.recentFailures(5)).map((task) => task.reason)).toEqual(['Too bright.', 'Too dark.']);
      expect(await store.tasks.recentFailures(1)).toHaveLength(1);
    });

    it('takes the work of the dead back into the queue', async () => {
      const { store } = current.fixture;
      await store.tasks.enqueue([image1, image2, frame1], parameters);
      for (const owner of ['dead', 'alive', 'dead']) await store.tasks.claimNext(owner);
      expect(await store.tasks.requeueOrphans((owner) => owner === 'alive')).toBe(2);
      expect(await store.tasks.counts()).toMatchObject({ queued: 2, running: 1 });
    });

    it('gives no task to two connections', async () => {
      const { store } = current.fixture;
      const other = await current.fixture.openAnother();
      await store.tasks.enqueue([image1, image2, frame1, frame2], parameters);
      const claims = await Promise.all([store, other, store, other, store].map((taker, index) => taker.tasks.claimNext(`owner ${index}`)));
      const taken = claims.flatMap((task) => (task === null ? [] : [task.asset.id]));
      expect(taken.sort()).toEqual(['frame-1', 'frame-2', 'image-1', 'image-2']);
    });
  });
};
