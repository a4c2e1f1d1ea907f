import { describe, expect, it } from 'vitest';
import { asId, type Sha256 } from '../../../shared/domain/ids.ts';
import { image1, image2, modelRevision, prompts, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

export const smallStoresContract = (current: StoreUnderTest): void => {
  describe('drafts, leases, settings', () => {
    it('keeps one draft a reviewer, and one approval drops only its own', async () => {
      const { store } = current.fixture;
      const head = (await store.revisions.addCandidate(modelRevision(image1))).revision.revisionId;
      const draft = { asset: image1, baseRevisionId: head, widthPx: 40, heightPx: 20, maskRle: new Uint8Array([1]) };
      await store.drafts.put({ ...draft, reviewer: 'ada' });
      await store.drafts.put({ ...draft, reviewer: 'ben', maskRle: new Uint8Array([2]) });
      expect((await store.drafts.get(image1, 'ada'))?.maskRle).toEqual(new Uint8Array([1]));
      expect((await store.assets.list({ limit: 100 })).assets.filter(({ id }) => id === image1.id)).toHaveLength(1);
      await store.review.recordVerdict({ ...verdictInput(image1, 'approve', head, { reviewer: 'ben' }), endsDraft: true });
      expect(await store.drafts.get(image1, 'ben')).toBeNull();
      expect(await store.drafts.get(image1, 'ada')).toMatchObject({ baseRevisionId: head });
      expect((await store.assets.get(image1))?.hasDraft).toBe(true);
    });

    it('keeps the last draft of an asset', async () => {
      const { store, clock } = current.fixture;
      const draft = { asset: image1, reviewer: 'ada', baseRevisionId: null, widthPx: 40, heightPx: 20, maskRle: new Uint8Array([1, 0, 255]) };
      await store.drafts.put(draft);
      await store.drafts.put({ ...draft, maskRle: new Uint8Array([9, 9]) });
      expect(await store.drafts.get(image1, 'ada')).toEqual({ ...draft, maskRle: new Uint8Array([9, 9]), mattes: null, prompts: null, savedAtMs: clock.nowMs() });
      await store.drafts.put({ ...draft, prompts });
      expect((await store.drafts.get(image1, 'ada'))?.prompts).toEqual(prompts);
      await store.drafts.put(draft);
      expect((await store.drafts.get(image1, 'ada'))?.prompts).toBeNull();
      const mattes = { applied: 3, mattes: [{ step: 2, matteSha256: asId<Sha256>('5'.repeat(64)), madeSha256: asId<Sha256>('6'.repeat(64)) }] };
      await store.drafts.put({ ...draft, mattes });
      expect((await store.drafts.get(image1, 'ada'))?.mattes).toEqual(mattes);
      expect(await store.drafts.get(image2, 'ada')).toBeNull();
      await store.drafts.remove(image1, 'ada');
      await store.drafts.remove(image1, 'ada');
      expect(await store.drafts.get(image1, 'ada')).toBeNull();
      await expect(store.drafts.put({ ...draft, asset: { kind: 'keyframe', id: asId('nobody') } })).rejects.toMatchObject({ code: 'not_found' });
    });

    it('gives a lease to one owner until it runs out or is released', async () => {
      const { store, clock } = current.fixture;
      expect(await store.leases.acquire('desk', 'ada', 100)).toBe(true);
      expect(await store.leases.acquire('desk', 'bob', 100)).toBe(false);
      clock.advance(60);
      expect(await store.leases.acquire('desk', 'ada', 100)).toBe(true);
      clock.advance(99);
      expect(await store.leases.ownerOf('desk')).toBe('ada');
      expect(await store.leases.acquire('desk', 'bob', 100)).toBe(false);
      clock.advance(1);
      expect(await store.leases.ownerOf('desk')).toBeNull();
      expect(await store.leases.acquire('desk', 'bob', 100)).toBe(true);
      await store.leases.release('desk', 'ada');
      expect(await store.leases.ownerOf('desk')).toBe('bob');
      await store.leases.release('desk', 'bob');
      expect(await store.leases.acquire('desk', 'ada', 100)).toBe(true);
    });

    it('keeps any JSON under a key', async () => {
      const { store } = current.fixture;
      expect(await store.settings.get('absent')).toBeUndefined();
      for (const value of [null, false, 0, '', 'text', [1, { deep: ['ж'] }]]) {
        await store.settings.set('key', value);
        expect(await store.settings.get('key')).toEqual(value);
      }
      await store.settings.set('key', undefined);
      expect(await store.settings.get('key')).toBeUndefined();
    });

    it('is seen by another connection', async () => {
      const { fixture } = current;
      const other = await fixture.openAnother();
      await fixture.store.settings.set('key', 'one');
      expect(await other.settings.get('key')).toBe('one');
      await other.settings.set('key', 'two');
      expect(await fixture.store.settings.get('key')).toBe('two');
    });
  });
};
