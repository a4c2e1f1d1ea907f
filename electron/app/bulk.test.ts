import { rm, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppEvent } from '../../shared/contracts/rpc/app.ts';
import type { BulkProgress, BulkVerdict } from '../../shared/contracts/rpc/review.ts';
import { assetKey, type AssetRef } from '../../shared/domain/asset.ts';
import { asId, type BatchId, type RevisionId } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';
import { heightPx, ReviewedStore, widthPx } from './testing/reviewedStore.ts';

let store: ReviewedStore;
let assets: AssetRef[];
beforeEach(async () => {
  store = await ReviewedStore.make();
  assets = await store.addMasked(8);
});
afterEach(() => store.dispose());

type Finished = Extract<BulkProgress, { kind: 'finished' }>;
const toTheEnd = async (work: AsyncIterable<BulkProgress>): Promise<Finished> => {
  let last: BulkProgress | null = null;
  for await (const step of work) last = step;
  if (last?.kind !== 'finished') throw new Error('a bulk verdict ends with finished');
  return last;
};

const seen = async (refs: readonly AssetRef[]) =>
  Promise.all(refs.map(async (asset) => ({ asset, expectedHead: await store.headOf(asset) })));
const judge = async (refs: readonly AssetRef[], verdict: BulkVerdict): Promise<Finished> =>
  toTheEnd(store.app.services.bulk.judge(await seen(refs), verdict));
const undo = (batchId: BatchId): Promise<Finished> => toTheEnd(store.app.services.bulk.undo(batchId));

const nobody: AssetRef = { kind: 'keyframe', id: asId('nobody') };
const rejection: BulkVerdict = { kind: 'reject', reason: 'holes', note: 'all of them' };

/** What people and the pipeline see of an asset. */
const seenOf = async (asset: AssetRef) => {
  const now = present(await store.app.services.store.assets.get(asset), 'an asset');
  const { state, reason, reviewer, headRevisionId, maskedLocalPath } = now;
  return { state, reason, reviewer, headRevisionId, maskedLocalPath, stable: await store.stableOf(asset) };
};

describe('bulk verdicts', () => {
  test('approve many and publish each; one undo takes all of it back', async () => {
    const before = await Promise.all(assets.map(seenOf));
    const { batchId, done, refused, cancelled } = await judge(assets, { kind: 'approve' });
    expect([done.length, refused, cancelled]).toEqual([8, [], false]);
    await store.app.publisher.drain();
    for (const asset of assets) expect(await seenOf(asset)).toMatchObject({ state: 'approved', reviewer: 'ana', maskedLocalPath: `data/masks/products/${asset.id}.png` });
    expect((await store.eventsFile()).length).toBe(8);
    expect(await store.app.services.review.latest()).toMatchObject({ kind: 'approve', batchId });

    expect(await undo(batchId)).toMatchObject({ batchId, done: [...done].reverse(), refused: [], cancelled: false });
    await store.app.publisher.drain();
    expect(await Promise.all(assets.map(seenOf))).toEqual(before);
    await expect(undo(batchId)).rejects.toMatchObject({ code: 'nothing_to_undo' });
    expect(await store.app.services.review.latest()).toBeNull();
  });

  test('what can not be judged is refused by name, the rest is judged', async () => {
    const [moved, missing, damaged, twice, ...rest] = await seen(assets);
    const shas = await Promise.all([missing, damaged].map(async (item) => (await store.app.services.store.revisions.get(item?.expectedHead as RevisionId))?.maskSha256));
    await rm(store.blobFile(present(shas[0], 'digest')));
    await writeFile(store.blobFile(present(shas[1], 'digest')), 'nonsense');
    const items = [
      { ...present(moved, 'item'), expectedHead: asId<RevisionId>('an older one') },
      present(missing, 'item'),
      present(damaged, 'item'),
      present(twice, 'item'),
      present(twice, 'item'),
      { asset: nobody, expectedHead: null },
      ...rest,
    ];
    const result = await toTheEnd(store.app.services.bulk.judge(items, { kind: 'approve' }));
    expect(result.refused.map(({ asset, code }) => [asset.id, code])).toEqual([
      ['more-0', 'stale_revision'],
      ['more-1', 'blob_missing'],
      ['more-2', 'blob_corrupt'],
      ['nobody', 'not_found'],
    ]);
    expect(result.done.map((asset) => asset.id)).toEqual(['more-3', 'more-4', 'more-5', 'more-6', 'more-7']);
    expect((await store.app.services.store.review.verdictsOf(present(twice, 'item').asset)).length).toBe(1);
  });

  test('an undo refuses by name what was judged again since, and what was approved already is no part of the batch', async () => {
    await judge(assets.slice(0, 2), { kind: 'approve' });
    const { batchId, done } = await judge(assets, { kind: 'approve' });
    expect(done.length).toBe(8);
    const [again] = await seen(assets.slice(5, 6));
    await store.app.services.review.reject({ ...present(again, 'item'), reason: 'holes', note: null });
    const undone = await undo(batchId);
    expect(undone.done.map((asset) => asset.id)).toEqual(['more-7', 'more-6', 'more-4', 'more-3', 'more-2']);
    expect(undone.refused.map(({ asset, code }) => [asset.id, code])).toEqual([['more-5', 'nothing_to_undo']]);
    const states = await Promise.all(assets.map(async (asset) => (await seenOf(asset)).state));
    expect(states).toEqual(['approved', 'approved', 'to_review', 'to_review', 'to_review', 'rejected', 'to_review', 'to_review']);
  });

  test('an item with an unfinished edit of this reviewer is refused by name: what they painted is neither approved nor lost', async () => {
    const [painted, others, ...rest] = assets;
    const { pixels, store: db } = store.app.services;
    const maskRle = encodeRle(emptyBitmap(widthPx, heightPx));
    await pixels.saveDraft(present(painted, 'asset'), null, maskRle);
    await db.drafts.put({ asset: present(others, 'asset'), reviewer: 'bo', baseRevisionId: null, widthPx, heightPx, maskRle });
    const { done, refused } = await judge(assets, { kind: 'approve' });
    expect(refused.map(({ asset, code }) => [asset.id, code])).toEqual([['more-0', 'has_draft']]);
    expect(refused[0]?.message).toContain('more-0 has an unfinished edit of yours');
    expect(done.length).toBe(rest.length + 1);
    expect((await pixels.draft(present(painted, 'asset')))?.maskRle).toEqual(maskRle);
    expect((await seenOf(present(painted, 'asset'))).state).toBe('to_review');
    expect(await db.drafts.get(present(others, 'asset'), 'bo')).not.toBeNull();
  });

  test('all of a batch is the one person’s who began it', async () => {
    const work = store.app.services.bulk.judge(await seen(assets), rejection)[Symbol.asyncIterator]();
    await work.next();
    await store.app.services.settings.change({ reviewer: 'ben' });
    while ((await work.next()).done !== true);
    expect(new Set((await Promise.all(assets.map(seenOf))).map(({ reviewer }) => reviewer))).toEqual(new Set(['ana']));
  });

  test('stops between two items; what is done stands and can be undone', async () => {
    const stop = new AbortController();
    const events: AppEvent[] = [];
    store.app.services.events.listen((event) => void events.push(event));
    const verdictsGiven = async () => (await Promise.all(assets.map(seenOf))).filter(({ state }) => state === 'rejected').length;
    const work = store.app.services.bulk.judge(await seen(assets), rejection, stop.signal)[Symbol.asyncIterator]();
    const first = (await work.next()).value as BulkProgress;
    expect(first).toMatchObject({ kind: 'progress', done: 0, total: 8 });
    const rest = work.next();
    stop.abort();
    const result = (await rest).value as Finished;
    expect(result).toMatchObject({ kind: 'finished', batchId: first.batchId, cancelled: true });
    expect(result.done.length).toBeLessThan(8);
    expect(await verdictsGiven()).toBe(result.done.length);
    const told = new Set(events.flatMap((event) => (event.kind === 'assetsChanged' ? event.assets.map(assetKey) : [])));
    expect(told).toEqual(new Set(result.done.map(assetKey)));
  });

  test('is stopped by its id, and tells what was done and refused by then', async () => {
    const { bulk } = store.app.services;
    const [first, ...rest] = await seen(assets);
    const stale = { ...present(first, 'item'), expectedHead: asId<RevisionId>('an older one') };
    const work = bulk.judge([stale, ...rest], rejection)[Symbol.asyncIterator]();
    const { batchId } = (await work.next()).value as BulkProgress;
    const next = work.next();
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(bulk.stop(batchId)).toBe(true);
    const end = (await next).value as Finished;
    expect(end).toMatchObject({ kind: 'finished', cancelled: true, failure: null, refused: [{ code: 'stale_revision' }] });
    expect(end.done.length).toBeLessThan(7);
    expect((await store.app.services.store.review.ofBatch(batchId)).length).toBe(end.done.length);
    expect(bulk.stop(batchId)).toBe(false);
  });

  test('trouble of the store itself ends it with what was done by then, under its name', async () => {
    const work = store.app.services.bulk.judge(await seen(assets), rejection)[Symbol.asyncIterator]();
    const { batchId } = (await work.next()).value as BulkProgress;
    await store.damageDatabase();
    const end = (await work.next()).value as Finished;
    expect(end).toMatchObject({ kind: 'finished', batchId, cancelled: true, failure: { code: 'store_corrupt' } });
    expect(end.refused).toEqual([]);
  });

  test('leaves others their turn: a single verdict comes through before a batch is done', async () => {
    const work = judge(assets, { kind: 'approve' });
    const [own] = await seen([{ kind: 'keyframe', id: asId('frame 1') }]);
    const order: string[] = [];
    await Promise.all([
      work.then(() => order.push('batch')),
      store.app.services.review.reject({ ...present(own, 'item'), reason: 'bad_photo', note: null }).then(() => order.push('single')),
    ]);
    expect(order).toEqual(['single', 'batch']);
  });

  test('law: a bulk verdict and its undo leave everything as it was, whatever came before and whenever it was published', async () => {
    const verdicts: BulkVerdict[] = [{ kind: 'approve' }, rejection, { kind: 'reopen' }];
    const oneStep = fc.record({ which: fc.subarray([0, 1, 2, 3], { minLength: 1 }), verdict: fc.constantFrom(...verdicts), publish: fc.boolean() });
    const some = assets.slice(0, 4);
    const property = fc.asyncProperty(fc.array(oneStep, { maxLength: 4 }), oneStep, fc.boolean(), async (past, last, publishBetween) => {
      for (const { which, verdict, publish } of past) {
        await judge(which.map((index) => present(some[index], 'asset')), verdict);
        if (publish) await store.app.publisher.drain();
      }
      await store.app.publisher.drain();
      const before = await Promise.all(some.map(seenOf));
      const { batchId, done } = await judge(last.which.map((index) => present(some[index], 'asset')), last.verdict);
      if (publishBetween) await store.app.publisher.drain();
      const inBatch = await store.app.services.store.review.ofBatch(batchId);
      expect(inBatch.length).toBeLessThanOrEqual(done.length);
      if (inBatch.length > 0) expect((await undo(batchId)).refused).toEqual([]);
      await store.app.publisher.drain();
      expect(await Promise.all(some.map(seenOf))).toEqual(before);
      const ids = (await store.eventsFile()).map((event) => event['event_id']);
      expect(new Set(ids).size).toBe(ids.length);
    });
    await fc.assert(property, { numRuns: 12 });
  });
});
