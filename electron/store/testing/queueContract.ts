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
      [{ reviewer: 'ada' }, ['image-2', 'image-1']],
      [{ reviewer: 'Ada' }, []],
      [{ rejectReason: 'holes' }, ['image-2']],
      [{ rejectReason: 'rough_edge' }, []],
      [{ hasDraft: true }, ['frame-1']],
      [{ hasDraft: false, kind: 'keyframe' }, ['frame-2']],
      [{ text: 'ГРӦ' }, []],
      [{ text: 'Ж', hasDraft: true, states: ['to_review'] }, ['frame-1']],
      [{ text: 'gro\u0308ße' }, ['frame-2', 'frame-1']],
    ];
    it('says whose drafts there are', async () => {
      const { store } = current.fixture;
      await oneOfEachState(store);
      const draft = { asset: frame1, baseRevisionId: null, widthPx: 40, heightPx: 20, maskRle: new Uint8Array(1) };
      for (const reviewer of ['bo', 'ada']) await store.drafts.put({ ...draft, reviewer });
      expect(await store.assets.get(frame1)).toMatchObject({ hasDraft: true, draftsBy: ['ada', 'bo'] });
      await store.drafts.remove(frame1, 'ada');
      expect(await store.assets.get(frame1)).toMatchObject({ hasDraft: true, draftsBy: ['bo'] });
      await store.drafts.remove(frame1, 'bo');
      expect(await store.assets.get(frame1)).toMatchObject({ hasDraft: false, draftsBy: [] });
    });

    it('filters', async () => {
      const { store } = current.fixture;
      await oneOfEachState(store);
      await store.drafts.put({ asset: frame1, reviewer: 'bo', baseRevisionId: null, widthPx: 40, heightPx: 20, maskRle: new Uint8Array(1) });
      for (const [filter, expected] of filters) {
        expect([filter, idsOf((await store.assets.list({ filter, limit: 9 })).assets)]).toEqual([filter, expected]);
        expect([filter, idsOf((await store.assets.window({ filter, offset: 0, limit: 9 })).assets)]).toEqual([filter, expected]);
        const { states, ...rest } = filter;
        const counts = await store.assets.counts(rest);
        const listed = states === undefined ? Object.values(counts) : states.map((state) => counts[state]);
        expect([filter, listed.reduce((sum, count) => sum + count, 0)]).toEqual([filter, expected.length]);
      }
    });

    it('finds letters of any script in any case, written as one character or two', async () => {
      const { store } = current.fixture;
      const ids = ['Ärmel*[x]', 'a\u0308rmel', 'ΟΔΟΣ', 'straße', 'снег'];
      for (const id of ids) await addImage(store, asId(id));
      const found = async (text: string) => idsOf((await store.assets.list({ filter: { text }, sort: 'product', limit: 99 })).assets).filter((id) => ids.includes(id));
      expect(new Set(await found('ÄRM'))).toEqual(new Set(['Ärmel*[x]', 'a\u0308rmel']));
      expect(await found('ärmel*[X]')).toEqual(['Ärmel*[x]']);
      expect(await found('οδος')).toEqual(['ΟΔΟΣ']);
      expect(await found('ΣΔ')).toEqual([]);
      expect(await found('STRAß')).toEqual(['straße']);
      expect(await found('СНЕГ')).toEqual(['снег']);
    });

    it('knows who judged an asset for as long as the verdict stands', async () => {
      const { store } = current.fixture;
      const { revision } = await store.revisions.addCandidate(modelRevision(image1));
      const reviewerNow = async () => (await store.assets.get(image1))?.reviewer;
      const judge = (kind: 'approve' | 'reject' | 'reopen', reviewer: string) =>
        store.review.recordVerdict(verdictInput(image1, kind, revision.revisionId, { reviewer }));
      expect(await reviewerNow()).toBeNull();
      await judge('approve', 'ada');
      expect(await reviewerNow()).toBe('ada');
      const { verdict } = await judge('reject', 'bo');
      expect(await reviewerNow()).toBe('bo');
      await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: verdict.verdictId, reviewer: 'cy' }));
      expect(await store.assets.get(image1)).toMatchObject({ state: 'approved', reviewer: 'ada' });
      await judge('reopen', 'ada');
      expect(await reviewerNow()).toBeNull();
    });

    it('counts the choices beside a text alike, whether most assets have it or few', async () => {
      const { store } = current.fixture;
      await oneOfEachState(store);
      const { assets: all } = await store.assets.list({ limit: 99 });
      const shares = new Set<boolean>();
      for (const text of new Set(all.flatMap(({ id }) => [id, ...id]))) {
        const { assets } = await store.assets.list({ filter: { text }, limit: 99 });
        const facets = await store.assets.facets({ text });
        const counted = (name: 'reviewers' | 'products' | 'videos') => Object.fromEntries(facets[name].map(({ value, count }) => [value, count]));
        const listed = (of: (asset: Asset) => string | null) =>
          assets.reduce<Record<string, number>>((counts, asset) => (of(asset) === null ? counts : { ...counts, [of(asset) ?? '']: (counts[of(asset) ?? ''] ?? 0) + 1 }), {});
        expect([text, counted('reviewers'), counted('products'), counted('videos')]).toEqual([
          text,
          listed(({ reviewer }) => reviewer),
          listed(({ productId: id }) => id),
          listed(({ videoId: id }) => id),
        ]);
        shares.add(2 * assets.length > all.length);
      }
      expect(shares.size).toBe(2);
    });

    it('counts each choice of a filter, the other choices of the same one beside it', async () => {
      const { store } = current.fixture;
      await oneOfEachState(store);
      const untitled = (value: string, count: number) => ({ value, title: null, count });
      const parents = {
        products: [{ value: productId, title: 'Trail Boot', count: 3 }],
        videos: [{ value: videoId, title: 'Größe Ж', count: 2 }],
      };
      const everything = {
        ...parents,
        models: [untitled('some-model', 3)],
        reviewers: [untitled('ada', 2)],
        rejectReasons: [untitled('holes', 1)],
        checks: [],
        importWaits: [],
      };
      expect(await store.assets.facets()).toEqual(everything);
      expect(await store.assets.facets({ text: '-' })).toEqual(everything);
      expect(await store.assets.facets({ reviewer: 'nobody' })).toEqual({ ...everything, products: [], videos: [], models: [], rejectReasons: [] });
      expect(await store.assets.facets({ productId })).toMatchObject({ products: parents.products, videos: [], reviewers: [untitled('ada', 2)] });
      expect(await store.assets.facets({ states: ['rejected'], kind: 'product_image' })).toMatchObject({
        products: [{ value: productId, count: 1 }],
        videos: [],
        models: [untitled('some-model', 1)],
        rejectReasons: [untitled('holes', 1)],
      });
    });

    it.each(assetSorts)('finds any place of a list and the place of any asset: %s', async (sort) => {
      const { store } = current.fixture;
      await oneOfEachState(store);
      for (let index = 0; index < 20; index++) await addFrame(store, asId(`more-${index}`), 100 + index);
      for (const filter of [{}, { kind: 'keyframe' }, { states: ['unsegmented'] }, { videoId }, { text: 'MORE' }] as const) {
        const { assets: whole } = await store.assets.list({ sort, filter, limit: 100 });
        for (const [offset, limit] of [[0, 3], [7, 5], [whole.length - 1, 4], [whole.length, 2]] as const) {
          const { assets, offset: at } = await store.assets.window({ sort, filter, offset, limit });
          expect([at, idsOf(assets)]).toEqual([offset, idsOf(whole.slice(offset, offset + limit))]);
        }
        for (const [index, asset] of whole.entries()) expect(await store.assets.position({ sort, filter, asset })).toBe(index);
        expect(await store.assets.position({ sort, filter: { ...filter, states: ['approved'] }, asset: frame1 })).toBeNull();
      }
      expect(await store.assets.position({ sort, asset: { kind: 'keyframe', id: asId('gone') } })).toBeNull();
    });

    it.each(assetSorts)('goes on to the next open one, round the end of the list, either way: %s', async (sort) => {
      const { store } = current.fixture;
      await oneOfEachState(store);
      for (let index = 0; index < 6; index++) await addFrame(store, asId(`more-${index}`), 100 + index);
      for (const filter of [{}, { kind: 'keyframe' }] as const) {
        const { assets: whole } = await store.assets.list({ sort, filter, limit: 100 });
        const states = ['unsegmented', 'to_review'] as const;
        const isOpen = (asset: Asset | undefined) => asset !== undefined && (states as readonly string[]).includes(asset.state);
        for (const direction of [1, -1] as const) {
          for (const [index, after] of whole.entries()) {
            const round = whole.map((_asset, step) => (index + direction * (step + 1) + 2 * whole.length) % whole.length).filter((place) => place !== index);
            const expected = round.find((place) => isOpen(whole[place]));
            expect(await store.assets.nextOpen({ sort, filter, after, states, direction })).toEqual({ asset: whole[expected ?? -1], index: expected });
          }
          const fromTheEnd = await store.assets.nextOpen({ sort, filter, after: null, states, direction });
          const expected = direction === 1 ? whole.findIndex(isOpen) : whole.findLastIndex(isOpen);
          expect(fromTheEnd).toEqual({ asset: whole[expected], index: expected });
        }
      }
      // From outside of the filter; and where there is no other.
      expect(await store.assets.nextOpen({ sort, filter: { productId }, after: frame1, states: ['approved'], direction: 1 })).toMatchObject({ asset: { id: 'image-1' } });
      expect(await store.assets.nextOpen({ sort, after: image1, states: ['approved'], direction: 1 })).toBeNull();
      expect(await store.assets.nextOpen({ sort, filter: { kind: 'keyframe' }, after: null, states: ['approved'], direction: 1 })).toBeNull();
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
