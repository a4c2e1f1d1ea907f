import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../base/hash.ts';
import { asId, type AssetId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { addFrame, addImage, frame1, image1, image2, jobA, jobB, productId, videoId } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

export const catalogContract = (current: StoreUnderTest): void => {
  describe('catalog', () => {
    it('adds once: the same job, product, video and picture again are there already', async () => {
      const { store } = current.fixture;
      expect(await store.catalog.jobs()).toEqual([jobA, jobB]);
      expect(await store.catalog.ensureJob({ jobId: jobA, industry: 'other' })).toBe('exists');
      const product = { productId, jobId: jobA, src: 'x', asinOrItemId: 'x', title: null, marketplace: 'us' as const };
      expect(await store.catalog.ensureProduct(product)).toBe('exists');
      expect(await addImage(store, image1.id)).toBe('exists');
      expect(await store.assets.counts()).toMatchObject({ unsegmented: 4 });
    });

    it('refuses an id and a time of a video that another picture has', async () => {
      const { store } = current.fixture;
      await expect(addImage(store, image1.id, 'another file')).rejects.toMatchObject({ code: 'invalid_input' });
      await expect(addFrame(store, asId('frame-9'), 4.5)).rejects.toMatchObject({ code: 'invalid_input' });
      await expect(addFrame(store, frame1.id, 99, 'another file')).rejects.toMatchObject({ code: 'invalid_input' });
      expect(await store.assets.withId(asId('frame-9'))).toEqual([]);
    });

    it('places a file only for an id that is free, and makes no row without it', async () => {
      const { store } = current.fixture;
      const placed: string[] = [];
      const place = (name: string) => async () => void placed.push(name);
      const asset = (id: AssetId, source: string) => ({ kind: 'product_image' as const, id, productId, localPath: `data/${id}.jpg`, widthPx: 4, heightPx: 3, sourceSha256: sha256Hex(source) });
      const fresh = asset(asId('fresh'), 'one');
      const full = async (): Promise<void> => Promise.reject(new ExpectedError('disk_full', 'The disk is full.'));
      await expect(store.catalog.addAsset(fresh, full)).rejects.toMatchObject({ code: 'disk_full' });
      expect(await store.assets.get(fresh)).toBeNull();
      const both = await Promise.allSettled([store.catalog.addAsset(fresh, place('one')), store.catalog.addAsset(asset(fresh.id, 'two'), place('two'))]);
      expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(await store.catalog.addAsset(fresh, place('one again'))).toBe('exists');
      expect(placed).toEqual(['one']);
    });

    it('says which parent is missing', async () => {
      const { store } = current.fixture;
      const product = { productId: asId<typeof productId>('p9'), jobId: asId<typeof jobA>('none'), src: 'x', asinOrItemId: 'x', title: null, marketplace: 'us' as const };
      await expect(store.catalog.ensureProduct(product)).rejects.toMatchObject({ code: 'not_found' });
      await expect(addImage(store, asId('i9'), 'file', asId('nobody'))).rejects.toMatchObject({ code: 'not_found' });
    });

    const strangeIds = ['a/b/../c', '..', '"; drop table jobs; --', "it's", '日本語/製品 №5', 'x'.repeat(255), 'sp ace\n\ttab', '%_\\', '🧦'];
    it.each(strangeIds)('takes ids as data: %s', async (text) => {
      const { store } = current.fixture;
      const id = asId<AssetId>(text);
      expect(await addImage(store, id)).toBe('added');
      expect(await addFrame(store, id, 77)).toBe('added');
      expect((await store.assets.get({ kind: 'product_image', id }))?.id).toBe(text);
      expect((await store.assets.withId(id)).map((asset) => asset.kind)).toEqual(['product_image', 'keyframe']);
      expect((await store.assets.list({ filter: { text: text.toUpperCase() }, limit: 10 })).assets).toHaveLength(2);
    });

    it.each(['', 'x'.repeat(256), 'a\0b', '\ud800'])('refuses ids that a database of the pipeline could not hold: %j', async (text) => {
      await expect(addImage(current.fixture.store, asId(text))).rejects.toMatchObject({ code: 'invalid_input' });
    });

    it('keeps matches as pairs, best first', async () => {
      const { store } = current.fixture;
      const match = { jobId: jobA, productId, videoId, timestampS: 4.5, bestFrameId: frame1.id };
      const weak = { ...match, matchId: 'm1', bestImageId: image1.id, score: 0.4 };
      expect(await store.catalog.addMatch(weak)).toBe('added');
      expect(await store.catalog.addMatch(weak)).toBe('exists');
      await store.catalog.addMatch({ ...match, matchId: 'm2', bestImageId: image2.id, score: 0.9 });
      await store.catalog.addMatch({ ...match, matchId: 'm3', bestImageId: image1.id, score: 0.5 });
      const pairs = await store.assets.pairsOf(frame1);
      expect(pairs.map((pair) => [pair.productImage.id, pair.score])).toEqual([[image2.id, 0.9], [image1.id, 0.5]]);
      expect(await store.assets.pairsOf(image1)).toHaveLength(1);
      await expect(store.catalog.addMatch({ ...weak, matchId: 'm4', bestImageId: asId('none') })).rejects.toMatchObject({ code: 'not_found' });
    });
  });
};
