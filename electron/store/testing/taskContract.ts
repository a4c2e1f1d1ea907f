import { describe, expect, it } from 'vitest';
import { asId, type TaskId } from '../../../shared/domain/ids.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { Enqueued } from '../../../shared/ports/store/taskStore.ts';
import { frame1, frame2, image1, image2, modelRevision, parameters, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const leaseMs = 60_000;
const numbersOf = ({ added, existing }: Enqueued) => ({ added: added.length, existing: existing.length });
const otherModel = { ...parameters, modelId: asId<typeof parameters.modelId>('other-model') };

export const taskContract = (current: StoreUnderTest): void => {
  describe('tasks', () => {
    const claim = async (owner = 'me', options = {}) => current.fixture.store.tasks.claimNext(owner, { leaseMs, ...options });
    const claimId = async (owner = 'me'): Promise<TaskId> => present(await claim(owner), 'a task').taskId;

    it('says again why there is no mask, when a verdict on an asset that failed is taken back or reopened', async () => {
      const { assets, review, tasks } = current.fixture.store;
      await tasks.enqueue([image1], parameters);
      await assets.recordFailure(image1, 'Too dark.');
      await tasks.fail(await claimId(), 'me', { code: 'image_unreadable', message: 'Too dark.' });
      const failed = { state: 'failed', reason: 'Too dark.', reviewer: null };
      expect(await assets.get(image1)).toMatchObject(failed);
      const { verdict } = await review.recordVerdict(verdictInput(image1, 'reject', null, { reason: 'bad_photo' }));
      await review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: verdict.verdictId }));
      expect(await assets.get(image1)).toMatchObject(failed);
      await review.recordVerdict(verdictInput(image1, 'reject', null, { reason: 'bad_photo' }));
      // A later failure says nothing against the rejection, but it is the one to tell once that is gone.
      await tasks.enqueue([image1], otherModel);
      await tasks.fail(await claimId(), 'me', { code: 'image_unreadable', message: 'Still too dark.' });
      await review.recordVerdict(verdictInput(image1, 'reopen', null));
      expect(await assets.get(image1)).toMatchObject({ ...failed, reason: 'Still too dark.' });
      const rejected = await review.recordVerdict(verdictInput(image2, 'reject', null));
      await review.recordVerdict(verdictInput(image2, 'undo', null, { undoesVerdictId: rejected.verdict.verdictId }));
      expect(await assets.get(image2)).toMatchObject({ state: 'unsegmented', reason: null });
    });

    it('queues an asset once for the same work, and names the tasks that do it', async () => {
      const { tasks } = current.fixture.store;
      const first = await tasks.enqueue([image1, image1, image2], parameters);
      expect(numbersOf(first)).toEqual({ added: 2, existing: 0 });
      expect((await tasks.get(first.added)).map((task) => task.asset)).toEqual([image1, image2]);
      const second = await tasks.enqueue([image1, frame1, { kind: 'keyframe', id: asId('nobody') }], parameters);
      expect(second).toEqual({ added: [expect.any(String)], existing: [first.added[0]] });
      expect(numbersOf(await tasks.enqueue([image1], { ...parameters, threshold: 0.4 }))).toEqual({ added: 1, existing: 0 });
      const task = present(await claim(), 'a task');
      expect(task).toMatchObject({ asset: image1, parameters, state: 'running', priority: 0, reason: null, errorCode: null });
      // A running one does the same work too.
      expect(await tasks.enqueue([image1], parameters)).toEqual({ added: [], existing: [task.taskId] });
      expect(await tasks.finish(task.taskId, 'me')).toBe(true);
      expect(numbersOf(await tasks.enqueue([image1], parameters))).toEqual({ added: 1, existing: 0 });
      expect(await tasks.counts()).toEqual({ queued: 4, running: 0, done: 1, failed: 0, cancelled: 0 });
    });

    it('queues everything that has no mask and no unfinished task', async () => {
      const { store } = current.fixture;
      const other = await store.tasks.enqueue([image1], { ...parameters, threshold: 0.1 });
      await store.revisions.addCandidate(modelRevision(image2));
      expect(await store.tasks.enqueueUnsegmented(parameters, { kind: 'product_image' })).toEqual({ added: [], existing: other.added });
      expect(numbersOf(await store.tasks.enqueueUnsegmented(parameters))).toEqual({ added: 2, existing: 1 });
      expect(numbersOf(await store.tasks.enqueueUnsegmented(parameters))).toEqual({ added: 0, existing: 3 });
    });

    it('does not make a candidate again that waits beside a verdict', async () => {
      const { store } = current.fixture;
      await store.review.recordVerdict(verdictInput(image1, 'reject', null));
      expect((await store.revisions.addCandidate(modelRevision(image1))).becameHead).toBe(false);
      expect(numbersOf(await store.tasks.enqueueUnsegmented(parameters, { kind: 'product_image' }))).toEqual({ added: 1, existing: 0 });
    });

    it('gives the highest priority first, then the oldest', async () => {
      const { tasks } = current.fixture.store;
      await tasks.enqueue([image1, image2, frame1], parameters);
      await tasks.enqueue([frame2], parameters, { priority: 20 });
      await tasks.prioritise([frame1], 10);
      await tasks.prioritise([frame2], 10);
      const order = [];
      for (let task = await claim(); task !== null; task = await claim()) order.push([task.asset.id, task.priority]);
      expect(order).toEqual([['frame-2', 20], ['frame-1', 10], ['image-1', 0], ['image-2', 0]]);
    });

    it('passes over the tasks of a model, and all but the named ones', async () => {
      const { tasks } = current.fixture.store;
      await tasks.enqueue([image1, image2], otherModel, { priority: 20 });
      const { added } = await tasks.enqueue([frame1, frame2], parameters);
      const exceptModels = [otherModel.modelId];
      expect(await claim('me', { exceptModels })).toMatchObject({ asset: frame1 });
      expect(await claim('me', { exceptModels: [...exceptModels, parameters.modelId] })).toBeNull();
      expect(await claim('me', { among: [] })).toBeNull();
      expect(await claim('me', { among: added })).toMatchObject({ asset: frame2 });
      expect(await claim('me', { among: added })).toBeNull();
      expect(await claim()).toMatchObject({ asset: image1, parameters: otherModel });
    });

    it('raises what is queued already when a person asks for it', async () => {
      const { tasks } = current.fixture.store;
      await tasks.enqueueUnsegmented(parameters);
      expect(numbersOf(await tasks.enqueue([image2], parameters, { priority: 20 }))).toEqual({ added: 0, existing: 1 });
      expect(await claim()).toMatchObject({ asset: image2, priority: 20 });
    });

    it('ends tasks as done, failed, released or cancelled', async () => {
      const { store, clock } = current.fixture;
      const { tasks } = store;
      const { added } = await tasks.enqueue([image1, image2, frame1, frame2], parameters);
      await tasks.fail(await claimId(), 'me', { code: 'image_unreadable', message: 'Too dark.' });
      clock.advance(5);
      await tasks.fail(await claimId(), 'me', { code: 'bug', message: 'Too bright.' });
      const released = await claimId();
      await tasks.release(released, 'me');
      expect(await claimId()).toBe(released);
      expect(await tasks.cancelQueued(added.slice(0, 3))).toBe(0);
      expect(await tasks.cancelQueued(added)).toBe(1);
      await tasks.finish(released, 'me');
      expect(await tasks.counts()).toEqual({ queued: 0, running: 0, done: 1, failed: 2, cancelled: 1 });
      expect((await tasks.get([...added, asId('nobody')])).map(({ state, errorCode }) => [state, errorCode])).toEqual([
        ['failed', 'image_unreadable'],
        ['failed', 'bug'],
        ['done', null],
        ['cancelled', null],
      ]);
      expect((await tasks.recentFailures(5)).map((task) => task.reason)).toEqual(['Too bright.', 'Too dark.']);
      expect(await tasks.recentFailures(1)).toHaveLength(1);
    });

    it('pages through one state: queued as they will be claimed, ended ones newest first', async () => {
      const { store, clock } = current.fixture;
      const { tasks } = store;
      await tasks.enqueue([image1, image2, frame1], parameters);
      await tasks.enqueue([frame2], parameters, { priority: 20 });
      const queued = await tasks.page('queued', 0, 2);
      expect([queued.total, queued.offset, ...queued.tasks.map(({ asset }) => asset.id)]).toEqual([4, 0, 'frame-2', 'image-1']);
      expect((await tasks.page('queued', 2, 10)).tasks.map(({ asset }) => asset.id)).toEqual(['image-2', 'frame-1']);
      for (const end of ['first', 'second']) {
        const taskId = await claimId();
        clock.advance(5);
        await tasks.fail(taskId, 'me', { code: 'bug', message: end });
      }
      expect((await tasks.page('failed', 0, 10)).tasks.map(({ reason }) => reason)).toEqual(['second', 'first']);
      expect((await tasks.page('done', 0, 10)).total).toBe(0);
    });

    it('lists a failure while nothing was tried after it, and puts it back in line', async () => {
      const { tasks } = current.fixture.store;
      const { added } = await tasks.enqueue([image1, image2], parameters);
      const [first, second] = added as [TaskId, TaskId];
      for (let count = 0; count < 2; count++) await tasks.fail(await claimId(), 'me', { code: 'image_unreadable', message: 'Torn.' });
      // Tried with another model since: no failure of now any more.
      await tasks.enqueue([image1], otherModel);
      expect((await tasks.page('failed', 0, 10)).tasks.map(({ taskId }) => taskId)).toEqual([second]);
      expect(await tasks.retryFailed(20, [first])).toBe(0);
      expect(await tasks.retryFailed(20)).toBe(1);
      expect(await tasks.get([first, second])).toMatchObject([{ state: 'failed' }, { state: 'queued', priority: 20, reason: null, errorCode: null, finishedAtMs: null }]);
      expect(await claimId()).toBe(second);
    });

    it('tells what was put in line together, and cancels it together', async () => {
      const { store, clock } = current.fixture;
      const { tasks } = store;
      await tasks.enqueue([image1, image2], parameters);
      clock.advance(1000);
      await tasks.enqueue([frame1, frame2], parameters);
      await tasks.finish(await claimId(), 'me');
      const [later, earlier] = await tasks.batches(0);
      expect(later).toMatchObject({ modelId: parameters.modelId, counts: { queued: 2, done: 0 }, finishedAtMs: null });
      expect(earlier).toMatchObject({ counts: { queued: 1, done: 1 }, finishedAtMs: null });
      expect(await tasks.cancelQueuedOf(present(later, 'a batch'))).toBe(2);
      // Ended ones are listed for as long as there is room.
      expect(await tasks.batches(0)).toHaveLength(1);
      expect((await tasks.batches(5)).map(({ counts }) => counts.cancelled)).toEqual([2, 0]);
    });

    it('lets the worker end a running task as cancelled', async () => {
      const { tasks } = current.fixture.store;
      await tasks.enqueue([image1], parameters);
      const taskId = await claimId();
      expect(await tasks.cancel(taskId, 'somebody else')).toBe(false);
      expect(await tasks.cancel(taskId, 'me')).toBe(true);
      expect(await tasks.get([taskId])).toMatchObject([{ state: 'cancelled' }]);
    });

    it('cancels everything that is queued when nothing is named', async () => {
      const { tasks } = current.fixture.store;
      await tasks.enqueue([image1, image2, frame1], parameters);
      await claim();
      expect(await tasks.cancelQueued()).toBe(2);
      expect(await tasks.counts()).toMatchObject({ queued: 0, running: 1, cancelled: 2 });
    });

    it('takes the work of the dead back into the queue', async () => {
      const { tasks } = current.fixture.store;
      await tasks.enqueue([image1, image2, frame1], parameters);
      for (const owner of ['dead', 'alive', 'dead']) await claim(owner);
      expect(await tasks.requeueOrphans((owner) => owner === 'dead')).toBe(2);
      expect(await tasks.counts()).toMatchObject({ queued: 2, running: 1 });
    });

    it('takes work back whose claim has run out, whoever has it', async () => {
      const { store, clock } = current.fixture;
      await store.tasks.enqueue([image1, image2], parameters);
      const [kept, lost] = [await claimId('renews'), await claimId('sleeps')];
      clock.advance(leaseMs - 1);
      expect(await store.tasks.requeueOrphans(() => false)).toBe(0);
      await store.tasks.renew('renews', [kept, lost], leaseMs);
      clock.advance(1);
      expect(await store.tasks.requeueOrphans(() => false)).toBe(1);
      expect((await store.tasks.get([kept, lost])).map((task) => task.state)).toEqual(['running', 'queued']);
    });

    it('lets nobody change a task whose claim was lost', async () => {
      const { store, clock } = current.fixture;
      const { tasks } = store;
      await tasks.enqueue([image1], parameters);
      const taskId = await claimId('slow');
      clock.advance(leaseMs);
      await tasks.requeueOrphans(() => false);
      expect(await claimId('quick')).toBe(taskId);
      expect(await tasks.finish(taskId, 'slow')).toBe(false);
      expect(await tasks.fail(taskId, 'slow', { code: 'bug', message: 'Late.' })).toBe(false);
      expect(await tasks.release(taskId, 'slow')).toBe(false);
      expect(await tasks.get([taskId])).toMatchObject([{ state: 'running', reason: null }]);
      expect(await tasks.finish(taskId, 'quick')).toBe(true);
    });

    it('gives no task to two connections', async () => {
      const { store } = current.fixture;
      const other = await current.fixture.openAnother();
      await store.tasks.enqueue([image1, image2, frame1, frame2], parameters);
      const claims = await Promise.all([store, other, store, other, store].map((taker, index) => taker.tasks.claimNext(`owner ${index}`, { leaseMs })));
      const taken = claims.flatMap((task) => (task === null ? [] : [task.asset.id]));
      expect(taken.sort()).toEqual(['frame-1', 'frame-2', 'image-1', 'image-2']);
    });
  });
};
