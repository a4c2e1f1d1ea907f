import { describe, expect, it } from 'vitest';
import type { Asset } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { assetSorts, type AssetFilter } from '../../../shared/domain/assetQuery.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { addFrame, addImage, frame1, frame2, image1, image2, jobA, jobB, modelRevision, productId, verdictInput, videoId } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const idsOf = (assets: readonly Asset[]): string[] => assets.map((asset) => asset.id);

/** One asset in each state: image1 approved, image2 rejected, frame1 to review, frame2 failed, image-3 unsegmented. */
const oneOfEachState = async (store: Store): Promise<void> => {
  for (const [asset, confidence] of [[image1, 0.9], [image2, 0.8], [frame1, 0.3]] as const) {
    const { revision } = await store.revisions.addCandidate(modelRevision(asset, confidence));
    if (asset === image1) await store.review.recordVerdict(verdictInput(asset, 'approve', revision.revisionId));
    if (asset === image2) await store.review.recordVerdict(verdictInput(asset, 'reject', revision.revisionId));
  }
  await store.assets.recordFailure(frame2, 'The model ran out of memory.');
  await addImage(store, asId('image-3'));
};

export const queueContract = (current: StoreUnderTest): void => {
  describe('queue', () => {
    it('knows an asset with everything that belongs to it', async () => {
      const { store } = current.fixture;
      expect(await store.assets.get(image1)).toMatchObject({ title: 'Trail Boot', productId, videoId: null, jobIds: [jobA], widthPx: 40, heightPx: 20 });
      expect(await store.assets.get(frame1)).toMatchObject({ title: 'Größe Ж', videoId, timestampS: 4.5, jobIds: [jobA, jobB], state: 'unsegmented' });
      expect(await store.assets.get({ kind: 'keyframe', id: image1.id })).toBeNull();
      expect(idsOf(await store.assets.ofProduct(productId))).toEqual(['image-1', 'image-2']);
      expect(idsOf(await store.assets.ofVideo(videoId))).toEqual(['frame-2', 'frame-1']);
      await store.assets.setSize(image1, 4000, 3000);
      expect(await store.assets.get(image1)).toMatchObject({ widthPx: 4000, heightPx: 3000 });
      await expect(store.assets.setSize({ kind: 'keyframe', id: asId('no') }, 1, 1)).rejects.toMatchObject({ code: 'not_found' });
    });

    it('puts the worst first, the newest first, or goes by product', async () => {
      const { store, clock } = current.fixture;
      await oneOfEachState(store);
      expect(idsOf((await store.assets.list({ limit: 9 })).assets)).toEqual(['frame-2', 'image-2', 'frame-1', 'image-3', 'image-1']);
      expect(idsOf((await store.assets.list({ sort: 'product', limit: 9 })).assets)).toEqual(['frame-1', 'frame-2', 'image-1', 'image-2', 'image-3']);
      clock.advance(1000);
      await store.assets.recordFailure(frame2, 'again');
      expect((await store.assets.list({ sort: 'newest', limit: 9 })).assets[0]).toMatchObject({ id: 'frame-2', state: 'failed', reason: 'again' });
    });

    it('orders masks to review by how sure the model was', async () => {
      const { store } = current.fixture;
      for (const [asset, confidence] of [[image1, 0.7], [image2, null], [frame1, 0.2], [frame2, 0.4]] as const) {
        await store.revisions.addCandidate(modelRevision(asset, confidence));
      }
      expect(idsOf((await store.assets.list({ sort: 'worst', limit: 9 })).assets)).toEqual(['frame-1', 'frame-2', 'image-1', 'image-2']);
    });

    const filters: readonly [AssetFilter, string[]][] = [
      [{ states: ['approved', 'failed'] }, ['frame-2', 'image-1']],
      [{ states: [] }, []],
      [{ kind: 'keyframe' }, ['frame-2', 'frame-1']],
      [{ jobId: jobB }, ['frame-2', 'frame-1']],
      [{ jobId: jobA, kind: 'product_image' }, ['image-2', 'image-3', 'image-1']],
      [{ productId }, ['image-2', 'image-3', 'image-1']],
      [{ videoId }, ['frame-2', 'frame-1']],
      [{ modelId: asId('some-model') }, ['image-2', 'frame-1', 'image-1']],
      [{ text: 'IMAGE-1' }, ['image-1']],
      [{ text: 'boot' }, ['image-2', 'image-3', 'image-1']],
      [{ text: 'GRÖSSE' }, []],
      [{ text: 'größe ж' }, ['frame-2', 'frame-1']],
      [{ text: '%' }, []],
      [{ text: '_' }, []],
      [{ jobId: asId('nobody') }, []],
    ];
    it('filters', async () => {
      const { store } = current.fixture;
      await oneOfEachState(store);
      for (const [filter, expected] of filters) {
        expect([filter, idsOf((await store.assets.list({ filter, limit: 9 })).assets)]).toEqual([filter, expected]);
        const { states, ...rest } = filter;
        const counts = await store.assets.counts(rest);
        const listed = states === undefined ? Object.values(counts) : states.map((state) => counts[state]);
        expect([filter, listed.reduce((sum, count) => sum + count, 0)]).toEqual([filter, expected.length]);
      }
    });

    it.each(assetSorts)('pages through everything once, in order, by any page size: %s', async (sort) => {
      const { store } = current.fixture;
      await oneOfEachState(store);
      for (let index = 0; index < 20; index++) await addFrame(store, asId(`more-${index}`), 100 + index);
      const whole = idsOf((await store.assets.list({ sort, limit: 100 })).assets);
      expect(new Set(whole).size).toBe(25);
      for (const limit of [1, 4, 24, 25]) {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page = await store.assets.list({ sort, limit, cursor });
          seen.push(...idsOf(page.assets));
          cursor = page.nextCursor;
        } while (cursor !== null);
        expect(seen).toEqual(whole);
      }
    });

    it('refuses a cursor of another sort or of nobody', async () => {
      const { store } = current.fixture;
      const { nextCursor } = await store.assets.list({ sort: 'worst', limit: 1 });
      await expect(store.assets.list({ sort: 'newest', limit: 1, cursor: nextCursor })).rejects.toMatchObject({ code: 'invalid_input' });
      await expect(store.assets.list({ limit: 1, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_input' });
    });

    it("keeps a mask and a rejection with its reviewer's reason through a failed run", async () => {
      const { store } = current.fixture;
      await store.review.recordVerdict(verdictInput(frame1, 'reject', null, { reason: 'bad_photo' }));
      await store.revisions.addCandidate(modelRevision(image1));
      const before = await Promise.all([frame1, image1].map((asset) => store.assets.get(asset)));
      expect(before).toMatchObject([{ state: 'rejected', reason: 'bad_photo' }, { state: 'to_review', reason: null }]);
      for (const asset of [frame1, image1]) await store.assets.recordFailure(asset, 'No luck.');
      expect(await Promise.all([frame1, image1].map((asset) => store.assets.get(asset)))).toEqual(before);
      await store.assets.recordFailure(frame2, 'No luck.');
      await store.revisions.addCandidate(modelRevision(frame2));
      expect(await store.assets.get(frame2)).toMatchObject({ state: 'to_review', reason: null, headAreaShare: 0.25 });
    });
  });
};
