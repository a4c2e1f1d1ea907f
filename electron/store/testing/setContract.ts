import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../base/hash.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { asId, type RevisionId, type SetId, type SnapshotId } from '../../../shared/domain/ids.ts';
import type { Snapshot, SnapshotEntry } from '../../../shared/domain/maskSet.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { addFrame, addImage, frame1, frame2, humanRevision, image1, image2, jobA, jobB, modelRevision, productId, verdictInput, videoId } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const makeSet = async (store: Store, filter: AssetFilter = {}, name = 'Shoes'): Promise<SetId> =>
  (await store.sets.save({ setId: asId(randomUUID()), name, filter, createdBy: 'lea' })).setId;

const freeze = (store: Store, setId: SetId): Promise<Snapshot> => store.sets.freeze(setId, { snapshotId: asId<SnapshotId>(randomUUID()), createdBy: 'lea' });

const entriesOf = (store: Store, { snapshotId }: Snapshot): Promise<readonly SnapshotEntry[]> => store.sets.entries(snapshotId, -1, 1000);
const idsIn = async (store: Store, snapshot: Snapshot) => (await entriesOf(store, snapshot)).map(({ asset }) => asset.id);

/** A mask, and a verdict on it. */
const decide = async (store: Store, asset: AssetRef, kind: 'approve' | 'reject', reviewer = 'ada'): Promise<RevisionId> => {
  const { revision } = await store.revisions.addCandidate(modelRevision(asset));
  const head = (await store.assets.get(asset))?.headRevisionId ?? revision.revisionId;
  await store.review.recordVerdict(verdictInput(asset, kind, head, { reviewer }));
  return head;
};

const undo = async (store: Store, asset: AssetRef, reviewer = 'ada'): Promise<void> => {
  const verdicts = await store.review.verdictsOf(asset);
  const taken = new Set(verdicts.map(({ undoesVerdictId }) => undoesVerdictId));
  const latest = verdicts.findLast(({ kind, verdictId }) => kind !== 'undo' && !taken.has(verdictId));
  if (latest === undefined) return;
  await store.review.recordVerdict(verdictInput(asset, 'undo', null, { reviewer, undoesVerdictId: latest.verdictId, revisionId: null }));
};

export const setContract = (current: StoreUnderTest): void => {
  describe('sets', () => {
    it('are found by name whatever its case, take another filter, and free their name when they go', async () => {
      const { store } = current.fixture;
      const setId = await makeSet(store, {}, 'Größe');
      expect(await store.sets.byName(' GRÖSSE')).toBeNull();
      expect(await store.sets.byName('GRÖßE')).toMatchObject({ setId, name: 'Größe', filter: { states: ['approved'] }, createdBy: 'lea', latest: null });
      const again = await store.sets.save({ setId: asId(randomUUID()), name: 'größe', filter: { states: ['rejected'], productId }, createdBy: 'ben' });
      expect(again).toMatchObject({ setId, name: 'größe', filter: { states: ['rejected'], productId }, createdBy: 'lea' });
      await makeSet(store, {}, 'alpha');
      expect((await store.sets.list()).map(({ name }) => name)).toEqual(['alpha', 'größe']);
      await store.sets.remove(setId, 'ben');
      expect(await store.sets.byName('größe')).toBeNull();
      await expect(store.sets.remove(setId, 'ben')).rejects.toMatchObject({ code: 'not_found' });
      await expect(freeze(store, setId)).rejects.toMatchObject({ code: 'not_found' });
    });

    it('refuse names that are none', async () => {
      const { store } = current.fixture;
      for (const name of ['', '   ', 'two\nlines', 'x'.repeat(101), 'shoes@3', 'mail@home']) await expect(makeSet(store, {}, name), name).rejects.toMatchObject({ code: 'invalid_input' });
      await makeSet(store, {}, 'Ж'.repeat(100));
    });

    it('a set with snapshots is hidden and keeps them', async () => {
      const { store } = current.fixture;
      await decide(store, image1, 'approve');
      const setId = await makeSet(store);
      const snapshot = await freeze(store, setId);
      expect((await store.sets.byName('shoes'))?.latest).toBe(1);
      await store.sets.remove(setId, 'ben');
      expect(await store.sets.list()).toEqual([]);
      expect(await store.sets.snapshot(snapshot.snapshotId)).toEqual(snapshot);
      expect(await idsIn(store, snapshot)).toEqual([image1.id]);
      expect(await store.sets.removed()).toMatchObject([{ setId, name: 'Shoes', latest: 1 }]);
    });

    it('a set that is saved again under its name has its snapshots again, and its numbers go on', async () => {
      const { store } = current.fixture;
      await decide(store, image1, 'approve');
      const setId = await makeSet(store);
      const first = await freeze(store, setId);
      const unfrozen = await makeSet(store, {}, 'other');
      for (const id of [setId, unfrozen]) await store.sets.remove(id, 'ben');
      const [again] = await Promise.all(['SHOES', 'shoes'].map((name) => store.sets.save({ setId: asId(randomUUID()), name, filter: { states: ['approved', 'rejected'] }, createdBy: 'ben' })));
      expect(again).toMatchObject({ setId, filter: { states: ['approved', 'rejected'] }, createdBy: 'ben', latest: 1 });
      expect((await freeze(store, setId)).number).toBe(2);
      expect((await store.sets.snapshots(setId)).map(({ number }) => number)).toEqual([2, 1]);
      expect(await store.sets.snapshot(first.snapshotId)).toEqual(first);
      expect(await store.sets.removed()).toEqual([]);
      expect((await store.sets.list()).length).toBe(1);
    });

    it('a snapshot has what stands: masks, verdicts, paths, in order', async () => {
      const { store, clock } = current.fixture;
      await addImage(store, asId('image-10'));
      await addImage(store, asId('Ж'));
      await addImage(store, asId('Z'));
      for (const id of ['image-10', 'Ж', 'Z']) await decide(store, { kind: 'product_image', id: asId(id) }, 'approve');
      clock.advance(1000);
      const atMs = clock.nowMs();
      await decide(store, frame1, 'approve', 'ben');
      const { revision } = await store.revisions.addCandidate(modelRevision(image1));
      await store.review.recordVerdict(verdictInput(image1, 'reject', revision.revisionId));
      await undo(store, image1);
      const mine = { ...humanRevision(image1, revision.revisionId), matteSha256: sha256Hex('matte') };
      await store.review.recordVerdict({ ...verdictInput(image1, 'reject', revision.revisionId) });
      await store.review.recordVerdict({ ...verdictInput(image1, 'approve', revision.revisionId, { reviewer: 'eve', revisionId: mine.revisionId }), newRevision: mine });
      await decide(store, image2, 'reject');
      await store.catalog.addMatch({ matchId: 'm', jobId: jobA, productId, videoId, bestImageId: image1.id, bestFrameId: frame1.id, timestampS: 4.5, score: 0.5 });
      const snapshot = await freeze(store, await makeSet(store));
      expect(snapshot).toMatchObject({ number: 1, setName: 'Shoes', filter: { states: ['approved'] }, createdBy: 'lea', createdAtMs: atMs, entryCount: 5, totalAreaPx: 1000 });
      const entries = await entriesOf(store, snapshot);
      expect(entries.map(({ asset, position }) => [position, asset.id])).toEqual([[0, 'Z'], [1, image1.id], [2, 'image-10'], [3, 'Ж'], [4, frame1.id]]);
      expect(entries[1]).toEqual({
        position: 1,
        asset: image1,
        revisionId: mine.revisionId,
        maskSha256: mine.maskSha256,
        matteSha256: mine.matteSha256,
        widthPx: 40,
        heightPx: 20,
        areaPx: 200,
        origin: 'human',
        author: 'ada',
        modelId: null,
        state: 'approved',
        verdict: { kind: 'approve', reviewer: 'eve', atMs, reason: null },
        rejections: 1,
        localPath: `data/images/${sha256Hex(image1.id)}.jpg`,
        productId,
        videoId: null,
        title: 'Trail Boot',
        timestampS: null,
        jobId: jobA,
      });
      expect(entries[4]).toMatchObject({ modelId: 'some-model', verdict: { reviewer: 'ben' }, rejections: 0, productId: null, videoId, title: 'Größe Ж', timestampS: 4.5, jobId: jobA });
      expect(await store.sets.links(snapshot.snapshotId)).toEqual([{ productId, videoId }]);
      expect(await store.sets.entries(snapshot.snapshotId, 1, 2)).toEqual(entries.slice(2, 4));
      const others = await freeze(store, await makeSet(store, { states: ['approved', 'rejected'], kind: 'product_image' }, 'images'));
      expect((await entriesOf(store, others)).find(({ asset }) => asset.id === image2.id)).toMatchObject({ state: 'rejected', verdict: { kind: 'reject', reason: 'holes' }, rejections: 1 });
      expect(await store.sets.links(others.snapshotId)).toEqual([{ productId, videoId }]);
      const ofB = await freeze(store, await makeSet(store, { jobId: jobB }, 'b'));
      expect((await entriesOf(store, ofB)).map(({ asset, jobId }) => [asset.id, jobId])).toEqual([[frame1.id, jobB]]);
      // What two videos have in common is told also where the product's own photos are not in the set.
      expect(await store.sets.links(ofB.snapshotId)).toEqual([{ productId, videoId }]);
      await store.catalog.ensureProduct({ productId: asId('apart'), jobId: jobA, src: 't', asinOrItemId: 'apart', title: 'Apart', marketplace: 'us' });
      await store.catalog.addAsset({ kind: 'product_image', id: asId('of apart'), productId: asId('apart'), localPath: 'data/images/apart.jpg', widthPx: 40, heightPx: 20, sourceSha256: sha256Hex('apart') });
      await decide(store, { kind: 'product_image', id: asId('of apart') }, 'approve');
      const apart = await freeze(store, await makeSet(store, { productId: asId('apart') }, 'apart'));
      expect(await store.sets.links(apart.snapshotId)).toEqual([]);
    });

    it('an empty set is not frozen, nor one that was stopped; numbers have no gap for it', async () => {
      const { store } = current.fixture;
      const setId = await makeSet(store);
      await expect(freeze(store, setId)).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('Shoes') as string });
      await decide(store, image1, 'approve');
      const stop = AbortSignal.abort();
      await expect(store.sets.freeze(setId, { snapshotId: asId(randomUUID()), createdBy: 'lea' }, stop)).rejects.toMatchObject({ kind: 'cancelled' });
      expect(await store.sets.snapshots()).toEqual([]);
      expect((await freeze(store, setId)).number).toBe(1);
    });

    it('two freeze at once: numbers without a gap, the same digest; the same id again is the same snapshot', async () => {
      const { store } = current.fixture;
      const other = await current.fixture.openAnother();
      await decide(store, image1, 'approve');
      await decide(store, frame1, 'approve');
      const setId = await makeSet(store);
      const made = await Promise.all([store, other, store, other, store].map((each) => freeze(each, setId)));
      expect(made.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5]);
      expect(new Set(made.map(({ digest }) => digest)).size).toBe(1);
      const [one] = made as [Snapshot];
      expect(await store.sets.freeze(setId, { snapshotId: one.snapshotId, createdBy: 'ben' })).toEqual(one);
      expect((await store.sets.snapshots(setId)).map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
      await decide(store, image2, 'approve');
      expect((await freeze(store, setId)).digest).not.toBe(one.digest);
    });

    it('whatever happens afterwards, a snapshot stays as it was', async () => {
      const { store } = current.fixture;
      const refs = [image1, image2, frame1, frame2];
      for (const asset of refs) await decide(store, asset, 'approve');
      const setId = await makeSet(store);
      const steps = fc.array(fc.record({ asset: fc.constantFrom(...refs), what: fc.constantFrom('approve', 'reject', 'undo', 'reopen', 'model', 'person', 'freeze') }), { minLength: 1, maxLength: 8 });
      const kept: { readonly snapshot: Snapshot; readonly entries: readonly SnapshotEntry[] }[] = [];
      const keep = async (): Promise<void> => {
        const snapshot = await freeze(store, setId).catch(() => null);
        if (snapshot !== null) kept.push({ snapshot, entries: await entriesOf(store, snapshot) });
      };
      await keep();
      await fc.assert(
        fc.asyncProperty(steps, async (all) => {
          for (const { asset, what } of all) {
            const head = (await store.assets.get(asset))?.headRevisionId ?? null;
            if (what === 'freeze') await keep();
            else if (what === 'undo') await undo(store, asset);
            else if (what === 'model') await store.revisions.addCandidate(modelRevision(asset));
            else if (what === 'person') {
              const mine = humanRevision(asset, head);
              await store.review.recordVerdict({ ...verdictInput(asset, 'approve', head, { revisionId: mine.revisionId }), newRevision: mine });
            } else await store.review.recordVerdict(verdictInput(asset, what, head));
          }
          for (const { snapshot, entries } of kept) {
            expect(await entriesOf(store, snapshot)).toEqual(entries);
            expect(await store.sets.snapshot(snapshot.snapshotId)).toEqual(snapshot);
          }
          // What is there now is what a list has, and its verdict the one that stands.
          const now = await freeze(store, setId).catch(() => null);
          const approved = (await store.assets.list({ filter: { states: ['approved'] }, limit: 100 })).assets;
          const entries = now === null ? [] : await entriesOf(store, now);
          expect(entries.map(({ asset, revisionId }) => [asset.id, revisionId]).sort()).toEqual(approved.map(({ id, headRevisionId }) => [id, headRevisionId]).sort());
          for (const { verdict } of entries) expect(verdict?.kind).toBe('approve');
        }),
        { numRuns: 12 },
      );
    });

    it('knows how what is found hangs together, now and in a snapshot, and whether a snapshot holds the same', async () => {
      const { store } = current.fixture;
      await decide(store, image1, 'approve');
      await decide(store, frame1, 'approve');
      await decide(store, frame2, 'approve');
      await store.catalog.addMatch({ matchId: 'm', jobId: jobA, productId, videoId, bestImageId: image1.id, bestFrameId: frame1.id, timestampS: 4.5, score: 0.5 });
      const setId = await makeSet(store);
      const snapshot = await freeze(store, setId);
      const members = await store.sets.splitMembers(snapshot.snapshotId);
      expect(members.links).toEqual([{ productId, videoId }]);
      expect([...members.members].sort((a, b) => a.masks - b.masks)).toMatchObject([{ productId, videoId: null, masks: 1 }, { productId: null, videoId, masks: 2 }]);
      expect(await store.sets.splitMembers({})).toEqual(members);
      expect(await store.sets.holdsSame(snapshot.snapshotId)).toBe(true);
      // The same mask, judged anew.
      await undo(store, image1);
      await decide(store, image1, 'approve', 'ben');
      expect(await store.sets.holdsSame(snapshot.snapshotId)).toBe(false);
      expect(await store.sets.holdsSame((await freeze(store, setId)).snapshotId)).toBe(true);
      await expect(store.sets.splitMembers(asId<SnapshotId>('none'))).rejects.toMatchObject({ code: 'not_found' });
    });

    it('measures what a filter finds', async () => {
      const { store } = current.fixture;
      await decide(store, image1, 'approve');
      await decide(store, frame1, 'approve');
      await store.revisions.addCandidate(modelRevision(frame2));
      const all = { states: ['unsegmented', 'failed', 'to_review', 'rejected', 'approved'] } as const;
      expect(await store.sets.measure({})).toEqual({ masks: 2, empty: 0, withoutMask: 0, totalAreaPx: 400, productImages: 1, keyframes: 1, products: 1, videos: 1 });
      expect(await store.sets.measure(all)).toEqual({ masks: 3, empty: 0, withoutMask: 1, totalAreaPx: 600, productImages: 1, keyframes: 2, products: 1, videos: 1 });
      expect(await store.sets.measure({ reviewer: 'nobody' })).toEqual({ masks: 0, empty: 0, withoutMask: 0, totalAreaPx: 0, productImages: 0, keyframes: 0, products: 0, videos: 0 });
    });

    it('remembers the photo that was given first', async () => {
      const { store } = current.fixture;
      await decide(store, image1, 'approve');
      const { snapshotId } = await freeze(store, await makeSet(store));
      const [one, two] = [sha256Hex('one'), sha256Hex('two')];
      expect(await store.sets.rememberPhoto(snapshotId, image1, one)).toBe(one);
      expect(await store.sets.rememberPhoto(snapshotId, image1, two)).toBe(one);
      await expect(store.sets.rememberPhoto(asId('none'), image1, two)).rejects.toMatchObject({ code: 'not_found' });
    });

    it('is told of in the audit trail', async () => {
      const { store } = current.fixture;
      await decide(store, image1, 'approve');
      const setId = await makeSet(store);
      const { snapshotId, digest } = await freeze(store, setId);
      await store.sets.remove(setId, 'ben');
      const trail = await store.audit.page({ sinceMs: null, untilMs: null }, null, 100);
      expect(trail.filter(({ kind }) => kind === 'set').map(({ who, details }) => [who, details])).toMatchObject([
        ['lea', { change: 'saved', set_id: setId, name: 'Shoes', filter: { states: ['approved'] } }],
        ['lea', { change: 'frozen', set_id: setId, number: 1, snapshot_id: snapshotId, entries: 1, digest }],
        ['ben', { change: 'removed', set_id: setId, snapshots: 1 }],
      ]);
    });
  });

  describe('filters by the past', () => {
    const found = async (filter: AssetFilter): Promise<string[]> => {
      const { store } = current.fixture;
      const ids = (await store.assets.list({ filter, limit: 100 })).assets.map(({ id }) => id).sort();
      const counts = await store.assets.counts(filter);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(ids.length);
      const facets = await store.assets.facets(filter);
      const [products, videos] = [facets.products, facets.videos].map((values) => values.reduce((sum, { count }) => sum + count, 0));
      expect((products ?? 0) + (videos ?? 0)).toBe(ids.length);
      for (const id of ids) {
        const asset: AssetRef = { kind: id.startsWith('frame') ? 'keyframe' : 'product_image', id: asId(id) };
        expect(await store.assets.position({ filter, asset })).not.toBeNull();
      }
      return ids;
    };

    it('when the verdict that stands was given', async () => {
      const { store, clock } = current.fixture;
      const startMs = clock.nowMs();
      await decide(store, image1, 'approve');
      await decide(store, image2, 'approve');
      clock.advance(1000);
      await decide(store, frame1, 'reject');
      await decide(store, image2, 'reject');
      clock.advance(1000);
      await undo(store, image2);
      await decide(store, frame2, 'approve');
      await store.review.recordVerdict(verdictInput(frame2, 'reopen', (await store.assets.get(frame2))?.headRevisionId ?? null));
      expect(await found({ decidedFromMs: startMs })).toEqual([frame1.id, image1.id, image2.id]);
      expect(await found({ decidedFromMs: startMs + 1 })).toEqual([frame1.id]);
      expect(await found({ decidedBeforeMs: startMs + 1000 })).toEqual([image1.id, image2.id]);
      expect(await found({ decidedFromMs: startMs, decidedBeforeMs: startMs })).toEqual([]);
      expect(await found({ decidedBeforeMs: startMs + 5000, states: ['approved'], kind: 'product_image' })).toEqual([image1.id, image2.id]);
    });

    it('what became of it', async () => {
      const { store } = current.fixture;
      await decide(store, image1, 'approve');
      await decide(store, image2, 'reject');
      await undo(store, image2);
      await decide(store, frame1, 'reject');
      await addFrame(store, asId('frame-3'), 70);
      const head = (await store.assets.get(frame1))?.headRevisionId ?? null;
      const mine = humanRevision(frame1, head);
      await store.review.recordVerdict({ ...verdictInput(frame1, 'approve', head, { revisionId: mine.revisionId }), newRevision: mine });
      await decide(store, frame2, 'approve');
      await store.review.recordVerdict(verdictInput(frame2, 'reopen', (await store.assets.get(frame2))?.headRevisionId ?? null));
      expect(await found({ history: 'ever_rejected' })).toEqual([frame1.id]);
      expect(await found({ history: 'never_rejected' })).toEqual([frame2.id, 'frame-3', image1.id, image2.id]);
      expect(await found({ history: 'corrected' })).toEqual([frame1.id]);
      expect(await found({ history: 'as_made' })).toEqual([frame2.id, image1.id, image2.id]);
      expect(await found({ history: 'reopened' })).toEqual([frame2.id]);
      expect(await found({ history: 'ever_rejected', states: ['approved'], videoId })).toEqual([frame1.id]);
    });
  });
};
