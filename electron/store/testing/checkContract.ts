import { describe, expect, it } from 'vitest';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { checkIds, type CheckId, type CheckLevel, type CheckResult, type MaskChecks } from '../../../shared/domain/check.ts';
import { asId, type RevisionId } from '../../../shared/domain/ids.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { frame1, frame2, image1, image2, modelRevision, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const result = (checkId: CheckId, level: CheckLevel, severity: number): CheckResult => ({
  checkId,
  level,
  severity,
  value: `${checkId} value`,
  sentence: `${checkId}: a sentence`,
  placeImagePx: level === 'fine' ? null : { xPx: 1, yPx: 2, widthPx: 3, heightPx: 4 },
});

const checksOf = (revisionId: RevisionId, suspicion: number, results: readonly CheckResult[] = [], version = 1): MaskChecks => ({
  revisionId,
  version,
  results,
  suspicion,
});

const addHead = async (store: Store, asset: AssetRef, confidence: number | null): Promise<RevisionId> =>
  (await store.revisions.addCandidate(modelRevision(asset, confidence))).revision.revisionId;

const idsInOrder = async (store: Store, filter = {}): Promise<string[]> => (await store.assets.list({ filter, sort: 'worst', limit: 9 })).assets.map(({ id }) => id);

export const checkContract = (current: StoreUnderTest): void => {
  describe('checks of masks', () => {
    it('gives back what was kept and shows the worst of it in the asset', async () => {
      const { store } = current.fixture;
      const head = await addHead(store, image1, 0.9);
      expect(await store.checks.get(head)).toBeNull();
      expect(await store.assets.get(image1)).toMatchObject({ suspicion: null, topCheck: null, checkValue: null });
      const checks = checksOf(head, 0.75, [result('holes', 'look', 0.9), result('touches_border', 'bad', 0.5), result('islands', 'fine', 0)]);
      expect(await store.checks.put([checks])).toEqual([image1]);
      expect(await store.checks.get(head)).toEqual(checks);
      expect(await store.assets.get(image1)).toMatchObject({ suspicion: 0.75, topCheck: 'touches_border', checkValue: 'touches_border value' });
      await store.checks.put([checksOf(head, 0.1, [result('holes', 'fine', 0)])]);
      expect(await store.assets.get(image1)).toMatchObject({ suspicion: 0.1, topCheck: null, checkValue: null });
    });

    it('follows the head: the checks of another revision are shown when it becomes head, none when it has none', async () => {
      const { store } = current.fixture;
      const first = await addHead(store, image1, 0.9);
      await store.checks.put([checksOf(first, 0.3, [result('holes', 'look', 0.4)])]);
      const second = await addHead(store, image1, 0.9);
      expect(await store.assets.get(image1)).toMatchObject({ headRevisionId: second, suspicion: null, topCheck: null });
      expect(await store.checks.put([checksOf(first, 0.4, [result('islands', 'look', 0.4)])])).toEqual([]);
      expect(await store.assets.get(image1)).toMatchObject({ suspicion: null });
      await store.revisions.moveHead(image1, first, second);
      expect(await store.assets.get(image1)).toMatchObject({ suspicion: 0.4, topCheck: 'islands' });
      await store.review.recordVerdict(verdictInput(image1, 'approve', first));
      expect(await store.assets.get(image1)).toMatchObject({ state: 'approved', suspicion: 0.4, topCheck: 'islands' });
    });

    it('orders by suspicion within a state, by confidence where that is equal or missing', async () => {
      const { store } = current.fixture;
      const heads = new Map<AssetRef, RevisionId>();
      for (const [asset, confidence] of [[image1, 0.7], [image2, 0.9], [frame1, 0.2], [frame2, 0.4]] as const) heads.set(asset, await addHead(store, asset, confidence));
      expect(await idsInOrder(store)).toEqual(['frame-1', 'frame-2', 'image-1', 'image-2']);
      await store.checks.put([checksOf(heads.get(image2) as RevisionId, 0.95), checksOf(heads.get(frame1) as RevisionId, 0.05)]);
      expect(await idsInOrder(store)).toEqual(['image-2', 'frame-2', 'image-1', 'frame-1']);
      await store.checks.put([...heads.values()].map((head) => checksOf(head, 0.5)));
      expect(await idsInOrder(store)).toEqual(['frame-1', 'frame-2', 'image-1', 'image-2']);
      await store.review.recordVerdict(verdictInput(image2, 'reject', heads.get(image2) as RevisionId));
      await store.review.recordVerdict(verdictInput(frame1, 'approve', heads.get(frame1) as RevisionId));
      expect(await idsInOrder(store)).toEqual(['image-2', 'frame-2', 'image-1', 'frame-1']);
    });

    it('filters by each check that is not fine', async () => {
      const { store } = current.fixture;
      const first = await addHead(store, image1, 0.7);
      const second = await addHead(store, frame1, 0.7);
      for (const checkId of checkIds) {
        const others = checkIds.filter((other) => other !== checkId).map((other) => result(other, 'fine', 0));
        await store.checks.put([checksOf(first, 0.5, [...others, result(checkId, 'look', 0.5)]), checksOf(second, 0.5, others)]);
        for (const other of checkIds) {
          const expected = other === checkId ? ['image-1'] : [];
          expect([checkId, other, await idsInOrder(store, { check: other })]).toEqual([checkId, other, expected]);
          expect(Object.values(await store.assets.counts({ check: other })).reduce((sum, count) => sum + count, 0)).toBe(expected.length);
        }
      }
    });

    it('knows which heads are still to be checked, the least sure first, and those of an older version', async () => {
      const { store } = current.fixture;
      const sure = await addHead(store, image1, 0.9);
      const unsure = await addHead(store, frame1, 0.1);
      const revisionsOf = async (version: number, except: readonly RevisionId[] = [], limit = 9) =>
        (await store.checks.unchecked(version, limit, new Set(except))).map(({ revisionId }) => revisionId);
      expect(await store.checks.unchecked(1, 9, new Set())).toEqual([{ asset: frame1, revisionId: unsure }, { asset: image1, revisionId: sure }]);
      expect(await revisionsOf(1, [], 1)).toEqual([unsure]);
      expect(await revisionsOf(1, [unsure])).toEqual([sure]);
      await store.checks.put([checksOf(sure, 0.5)]);
      expect(await revisionsOf(1)).toEqual([unsure]);
      expect(new Set(await revisionsOf(2))).toEqual(new Set([unsure, sure]));
    });

    it('keeps newer checks from older programs, and leaves out revisions that are not there', async () => {
      const { store } = current.fixture;
      const head = await addHead(store, image1, 0.9);
      await store.checks.put([checksOf(head, 0.9, [], 2)]);
      expect(await store.checks.put([checksOf(head, 0.1, [], 1), checksOf(asId('nobody'), 0.1)])).toEqual([]);
      expect(await store.checks.get(head)).toMatchObject({ suspicion: 0.9, version: 2 });
    });
  });
};
