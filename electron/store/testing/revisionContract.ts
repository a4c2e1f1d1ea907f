import { describe, expect, it } from 'vitest';
import { assetKey } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { assetLease } from '../../../shared/ports/store/leaseStore.ts';
import { frame1, humanRevision, image1, image2, modelRevision, parts, prompts, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const draft = { asset: image1, reviewer: 'ada', baseRevisionId: null, widthPx: 40, heightPx: 20, maskRle: new Uint8Array([1, 2, 3]) };

export const revisionContract = (current: StoreUnderTest): void => {
  describe('revisions', () => {
    it('gives back what was kept, newest first', async () => {
      const { store, clock } = current.fixture;
      const first = { ...modelRevision(image1), matteSha256: modelRevision(image1).maskSha256 };
      const second = modelRevision(image1, null, first.revisionId);
      expect(await store.revisions.addCandidate(first)).toEqual({ revision: { ...first, createdAtMs: clock.nowMs(), iouToParent: null }, becameHead: true });
      await store.revisions.addCandidate(second);
      expect(await store.revisions.get(first.revisionId)).toEqual({ ...first, createdAtMs: clock.nowMs(), iouToParent: null });
      expect((await store.revisions.ofAsset(image1)).map((revision) => revision.revisionId)).toEqual([second.revisionId, first.revisionId]);
      expect(await store.revisions.blobDigests()).toEqual(new Set([first.maskSha256, first.matteSha256, second.maskSha256]));
      expect(await store.assets.get(image1)).toMatchObject({ headRevisionId: second.revisionId, headModelId: 'some-model', state: 'to_review' });
      expect(await store.revisions.get(asId('none'))).toBeNull();
    });

    it('keeps the prompts that a mask came from, and the mask that they were joined with', async () => {
      const { store } = current.fixture;
      const first = modelRevision(image1);
      await store.revisions.addCandidate(first);
      const prompted = { ...humanRevision(image1, first.revisionId), prompts };
      const outcome = await store.review.recordVerdict({ ...verdictInput(image1, 'approve', first.revisionId), newRevision: prompted });
      expect(outcome.head?.prompts).toEqual(prompts);
      expect((await store.revisions.get(prompted.revisionId))?.prompts).toEqual(prompts);
      expect((await store.revisions.get(first.revisionId))?.prompts).toBeNull();
      expect(await store.revisions.blobDigests()).toContain(prompts.baseMaskSha256);
    });

    it('keeps what a mask was put together from', async () => {
      const { store } = current.fixture;
      const whole = { ...modelRevision(image1), parts };
      expect((await store.revisions.addCandidate(whole)).revision.parts).toEqual(parts);
      expect((await store.revisions.get(whole.revisionId))?.parts).toEqual(parts);
      expect((await store.revisions.ofAsset(image1))[0]?.parts).toEqual(parts);
      for (const { maskSha256 } of parts) expect(await store.revisions.blobDigests()).toContain(maskSha256);
      const plain = modelRevision(image1);
      await store.revisions.addCandidate(plain);
      expect((await store.revisions.get(plain.revisionId))?.parts).toBeUndefined();
    });

    it('answers the same when a result is added again', async () => {
      const { store } = current.fixture;
      const revision = modelRevision(image1);
      const outcome = await store.revisions.addCandidate(revision);
      expect(await store.revisions.addCandidate(revision)).toEqual(outcome);
      expect(await store.revisions.ofAsset(image1)).toHaveLength(1);
    });

    it('refuses a result for an asset that is not there', async () => {
      await expect(current.fixture.store.revisions.addCandidate(modelRevision({ kind: 'keyframe', id: asId('no') }))).rejects.toMatchObject({ code: 'not_found' });
    });

    it('lets a result wait beside a draft, a live lease, a verdict and a human revision', async () => {
      const { store, clock } = current.fixture;
      const tryOne = async () => (await store.revisions.addCandidate(modelRevision(image1))).becameHead;

      await store.drafts.put(draft);
      expect(await tryOne()).toBe(false);
      await store.drafts.remove(image1, 'ada');

      await store.leases.acquire(assetLease(assetKey(image1)), 'ada', 1000);
      expect(await tryOne()).toBe(false);
      clock.advance(1000);
      expect(await tryOne()).toBe(true);

      const head = (await store.assets.get(image1))?.headRevisionId ?? null;
      const rejection = verdictInput(image1, 'reject', head);
      await store.review.recordVerdict(rejection);
      expect(await tryOne()).toBe(false);
      await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: rejection.verdict.verdictId }));
      expect(await tryOne()).toBe(true);

      const now = (await store.assets.get(image1))?.headRevisionId ?? null;
      const approval = { ...verdictInput(image1, 'approve', now), newRevision: humanRevision(image1, now) };
      await store.review.recordVerdict(approval);
      await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: approval.verdict.verdictId }));
      expect(await tryOne()).toBe(false);
      expect(await store.assets.get(image1)).toMatchObject({ headRevisionId: approval.newRevision.revisionId, headModelId: null });
    });

    it('moves the head when a person says so, from the head that the person saw', async () => {
      const { store } = current.fixture;
      const first = modelRevision(image1);
      const second = modelRevision(image1);
      await store.revisions.addCandidate(first);
      await store.revisions.addCandidate(second);
      await expect(store.revisions.moveHead(image1, first.revisionId, first.revisionId)).rejects.toMatchObject({
        code: 'stale_revision',
        details: { expected: first.revisionId, actual: second.revisionId },
      });
      await store.revisions.moveHead(image1, first.revisionId, second.revisionId);
      expect(await store.assets.get(image1)).toMatchObject({ headRevisionId: first.revisionId, state: 'to_review' });
      const other = modelRevision(image2);
      await store.revisions.addCandidate(other);
      await expect(store.revisions.moveHead(image1, other.revisionId, first.revisionId)).rejects.toMatchObject({ code: 'not_found' });
      await expect(store.revisions.moveHead({ kind: 'keyframe', id: image1.id }, first.revisionId, null)).rejects.toMatchObject({ code: 'not_found' });
      expect(await store.revisions.ofAsset(frame1)).toEqual([]);
    });

    it('takes a chosen head back with the state and the reason that it had, unless something came since', async () => {
      const { store } = current.fixture;
      const [first, second] = [modelRevision(image1), modelRevision(image1)];
      await store.revisions.addCandidate(first);
      await store.revisions.addCandidate(second);
      await expect(store.revisions.undoMove(image1, 'ada')).rejects.toMatchObject({ code: 'nothing_to_undo' });
      const rejection = verdictInput(image1, 'reject', second.revisionId);
      await store.review.recordVerdict(rejection);

      await store.revisions.moveHead(image1, first.revisionId, second.revisionId, 'ada');
      await expect(store.revisions.undoMove(image1, 'ben')).rejects.toMatchObject({ code: 'nothing_to_undo' });
      await store.revisions.undoMove(image1, 'ada');
      expect(await store.assets.get(image1)).toMatchObject({ headRevisionId: second.revisionId, state: 'rejected', reason: 'holes' });
      await expect(store.revisions.undoMove(image1, 'ada')).rejects.toMatchObject({ code: 'nothing_to_undo' });

      await store.revisions.moveHead(image1, first.revisionId, second.revisionId, 'ada');
      await store.review.recordVerdict(verdictInput(image1, 'approve', first.revisionId));
      await expect(store.revisions.undoMove(image1, 'ada')).rejects.toMatchObject({ code: 'nothing_to_undo' });
      expect(await store.assets.get(image1)).toMatchObject({ headRevisionId: first.revisionId, state: 'approved' });
    });

    it('keeps what was measured of a revision against its parent', async () => {
      const { store } = current.fixture;
      const revision = modelRevision(image1);
      await store.revisions.addCandidate(revision);
      await store.revisions.setIouToParent(revision.revisionId, 0.25);
      expect((await store.revisions.get(revision.revisionId))?.iouToParent).toBe(0.25);
    });
  });
};
