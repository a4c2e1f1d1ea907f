import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { LeaseHolder } from '../../../shared/domain/itemLease.ts';
import type { LeaseTerms } from '../../../shared/ports/store/itemLeaseStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { addImage, frame1, image1, image2, modelRevision, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const holder = (reviewer: string): LeaseHolder => ({ owner: `${reviewer} at a desk`, reviewer });
const ada = holder('ada');
const ben = holder('ben');
const terms = (who: LeaseHolder, more: Partial<LeaseTerms> = {}): LeaseTerms => ({ holder: who, purpose: 'open', durationMs: 1000, ...more });
const toReview = { after: null, states: ['to_review'], direction: 1 } as const;

const reviewable = async (store: Store, count: number): Promise<readonly AssetRef[]> => {
  const refs = Array.from({ length: count }, (_, index): AssetRef => ({ kind: 'product_image', id: asId(`many-${String(index).padStart(3, '0')}`) }));
  for (const ref of refs) {
    await addImage(store, ref.id);
    await store.revisions.addCandidate(modelRevision(ref));
  }
  return refs;
};

export const itemLeaseContract = (current: StoreUnderTest): void => {
  describe('who reviews what', () => {
    it('is one desk at a time, until it lets go or its time is over', async () => {
      const { store, clock } = current.fixture;
      const startMs = clock.nowMs();
      const [mine] = await store.itemLeases.take([image1], terms(ada));
      expect(mine).toEqual({ ...ada, asset: image1, purpose: 'open', sinceMs: startMs, remainingMs: 1000 });
      clock.advance(600);
      expect(await store.itemLeases.take([image1, frame1], terms(ben))).toMatchObject([{ reviewer: 'ada', remainingMs: 400 }, { reviewer: 'ben' }]);
      expect(await store.itemLeases.take([image1], terms(ada))).toMatchObject([{ reviewer: 'ada', sinceMs: startMs, remainingMs: 1000 }]);
      await store.itemLeases.release([image1, frame1], ada.owner);
      expect((await store.itemLeases.live()).map(({ reviewer }) => reviewer)).toEqual(['ben']);
      expect(await store.itemLeases.take([image1], terms(ben))).toMatchObject([{ reviewer: 'ben' }]);
      clock.advance(999);
      expect(await store.itemLeases.take([image1], terms(ada))).toMatchObject([{ reviewer: 'ben', remainingMs: 1 }]);
      clock.advance(1);
      expect(await store.itemLeases.live()).toEqual([]);
      expect(await store.itemLeases.take([image1], terms(ada))).toMatchObject([{ reviewer: 'ada' }]);
    });

    it('is since the item was opened, not since it was kept for somebody', async () => {
      const { store, clock } = current.fixture;
      await store.itemLeases.take([image1], terms(ada, { purpose: 'ahead' }));
      clock.advance(300);
      expect(await store.itemLeases.take([image1], terms(ada))).toMatchObject([{ purpose: 'open', sinceMs: clock.nowMs() }]);
    });

    it('gives the next open item that nobody else holds, and lets go of what is left for it', async () => {
      const { store } = current.fixture;
      const [a, b, c] = (await reviewable(store, 3)) as [AssetRef, AssetRef, AssetRef];
      const query = { ...toReview, sort: 'product' } as const;
      expect(await store.itemLeases.takeNext(query, terms(ada))).toMatchObject({ id: a.id, state: 'to_review' });
      expect(await store.itemLeases.takeNext(query, terms(ben))).toMatchObject({ id: b.id });
      expect(await store.itemLeases.takeNext({ ...query, after: a }, terms(ada, { leaving: [a] }))).toMatchObject({ id: c.id });
      expect(await store.itemLeases.takeNext({ ...query, after: b }, terms(ben))).toMatchObject({ id: a.id });
      expect(await store.itemLeases.takeNext({ ...query, after: a, except: [b] }, terms(ben))).toBeNull();
      expect(await store.itemLeases.takeNext({ ...query, after: c }, terms(holder('cem')))).toBeNull();
      await store.itemLeases.releaseAll(ben.owner);
      expect(await store.itemLeases.takeNext({ ...query, filter: { text: 'many-001' } }, terms(holder('cem')))).toMatchObject({ id: b.id });
    });

    it('tries what the window shows next first, and goes on from there', async () => {
      const { store } = current.fixture;
      const [a, b, c, d] = (await reviewable(store, 4)) as [AssetRef, AssetRef, AssetRef, AssetRef];
      const query = { ...toReview, sort: 'product', after: a, first: c } as const;
      expect(await store.itemLeases.takeNext(query, terms(ada))).toMatchObject({ id: c.id });
      expect(await store.itemLeases.takeNext(query, terms(ben))).toMatchObject({ id: d.id });
      expect(await store.itemLeases.takeNext({ ...query, first: d, after: b }, terms(holder('cem')))).toMatchObject({ id: a.id });
      expect(await store.itemLeases.takeNext({ ...query, first: c, filter: { text: 'many-001' } }, terms(ada))).toMatchObject({ id: b.id });
    });

    it('can be taken over, and says whose it was', async () => {
      const { store } = current.fixture;
      await store.itemLeases.take([image1], terms(ada));
      expect(await store.itemLeases.takeOver(image1, terms(ben))).toMatchObject({ reviewer: 'ada' });
      expect(await store.itemLeases.takeOver(image1, terms(ben))).toBeNull();
      expect(await store.itemLeases.takeOver(image2, terms(ben))).toBeNull();
      expect(await store.itemLeases.take([image1], terms(ada))).toMatchObject([{ reviewer: 'ben' }]);
      await expect(store.itemLeases.takeOver({ kind: 'keyframe', id: asId('nobody') }, terms(ben))).rejects.toMatchObject({ code: 'not_found' });
    });

    it('keeps other desks from judging it; a script is not kept from it, and a newer mask is said first', async () => {
      const { store, clock } = current.fixture;
      const head = (await store.revisions.addCandidate(modelRevision(image1))).revision.revisionId;
      await store.itemLeases.take([image1], terms(ada));
      const judged = { ...verdictInput(image1, 'reject', head, { reviewer: 'ben' }), heldBy: ben.owner };
      await expect(store.review.recordVerdict(judged)).rejects.toMatchObject({ code: 'item_taken', details: { reviewer: 'ada', sinceMs: clock.nowMs() } });
      expect((await store.assets.get(image1))?.state).toBe('to_review');
      await expect(store.review.recordVerdict({ ...judged, expectedHead: asId('another') })).rejects.toMatchObject({ code: 'stale_revision' });
      await store.review.recordVerdict(verdictInput(image1, 'reject', head, { reviewer: 'script' }));
      await store.review.recordVerdict({ ...verdictInput(image1, 'approve', head), heldBy: ada.owner });
      clock.advance(1000);
      await store.review.recordVerdict({ ...judged, verdict: { ...judged.verdict, verdictId: asId('later') } });
    });

    it('never gives one item to two, however many ask at once', async () => {
      const { fixture } = current;
      const { store } = fixture;
      const items = await reviewable(store, 12);
      const desks = [store, await fixture.openAnother(), await fixture.openAnother()];
      let round = 0;
      const sort = fc.constantFrom('worst', 'newest', 'product' as const);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 2, max: 6 }), sort, fc.boolean(), async (people, order, isLeaving) => {
          const mark = `round ${++round}`;
          const owners = Array.from({ length: people }, (_, index) => holder(`${mark}, person ${index}`));
          const taken: string[] = [];
          await Promise.all(
            owners.map(async (who, index) => {
              const desk = desks[index % desks.length] ?? store;
              let after: AssetRef | null = null;
              for (;;) {
                const found: AssetRef | null = await desk.itemLeases.takeNext({ ...toReview, sort: order, after, except: items.filter((item) => taken.includes(assetKey(item))) }, terms(who, { leaving: isLeaving && after !== null ? [after] : [] }));
                if (found === null) return;
                // Held while it is noted: nobody else can have been given it.
                expect((await desk.itemLeases.live()).filter(({ asset }) => assetKey(asset) === assetKey(found))).toMatchObject([{ owner: who.owner }]);
                if (taken.includes(assetKey(found))) expect(isLeaving).toBe(true);
                else taken.push(assetKey(found));
                if (taken.length === items.length) return;
                after = { kind: found.kind, id: found.id };
              }
            }),
          );
          if (!isLeaving) expect(new Set(taken).size).toBe(taken.length);
          expect(new Set(taken).size).toBe(items.length);
          for (const { owner } of owners) await store.itemLeases.releaseAll(owner);
        }),
        { numRuns: 6 },
      );
    });
  });
};
