import { describe, expect, it } from 'vitest';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type RevisionId } from '../../../shared/domain/ids.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { frame1, humanRevision, image1, image2, jobA, jobB, modelRevision, publishAll, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const withMask = async (store: Store, asset: AssetRef): Promise<RevisionId> => (await store.revisions.addCandidate(modelRevision(asset))).revision.revisionId;

export const reviewContract = (current: StoreUnderTest): void => {
  describe('review', () => {
    it('approves the head as it is', async () => {
      const { store } = current.fixture;
      const head = await withMask(store, image1);
      const input = verdictInput(image1, 'approve', head);
      const outcome = await store.review.recordVerdict(input);
      expect(outcome.verdict).toMatchObject({ ...input.verdict, revisionId: head });
      expect(outcome.head?.revisionId).toBe(head);
      expect(outcome.publication).toMatchObject({ revisionId: head, stablePath: input.stablePath, rank: 'human', state: 'pending' });
      expect(outcome.publication?.events.map((event) => event.jobId)).toEqual([jobA]);
      expect(await store.assets.get(image1)).toMatchObject({ state: 'approved', maskedLocalPath: null });
      expect(await store.review.get(input.verdict.verdictId)).toEqual(outcome.verdict);
      expect(await store.publications.pendingCount()).toBe(1);
    });

    it('approves a corrected mask: it is head, its parent is the old head, the draft is gone', async () => {
      const { store } = current.fixture;
      const head = await withMask(store, image1);
      await store.drafts.put({ asset: image1, reviewer: 'ada', baseRevisionId: head, widthPx: 40, heightPx: 20, maskRle: new Uint8Array([7]) });
      expect((await store.assets.get(image1))?.hasDraft).toBe(true);
      const newRevision = humanRevision(image1, head);
      const outcome = await store.review.recordVerdict({ ...verdictInput(image1, 'approve', head), newRevision, endsDraft: true });
      expect(outcome.head).toMatchObject({ revisionId: newRevision.revisionId, parentId: head });
      expect(outcome.verdict.revisionId).toBe(newRevision.revisionId);
      expect(await store.assets.get(image1)).toMatchObject({ headRevisionId: newRevision.revisionId, headModelId: null, hasDraft: false });
      expect(await store.drafts.get(image1, 'ada')).toBeNull();
    });

    it('leaves a draft that the approval does not carry', async () => {
      const { store } = current.fixture;
      const head = await withMask(store, image1);
      await store.drafts.put({ asset: image1, reviewer: 'ada', baseRevisionId: head, widthPx: 40, heightPx: 20, maskRle: new Uint8Array([7]) });
      const { verdict } = await store.review.recordVerdict(verdictInput(image1, 'approve', head));
      expect((await store.drafts.get(image1, 'ada'))?.maskRle).toEqual(new Uint8Array([7]));
      await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: verdict.verdictId }));
      expect(await store.assets.get(image1)).toMatchObject({ state: 'to_review', hasDraft: true });
    });

    it('approves what a person painted from nothing', async () => {
      const { store } = current.fixture;
      const newRevision = humanRevision(image1, null);
      const outcome = await store.review.recordVerdict({ ...verdictInput(image1, 'approve', null), newRevision });
      expect(outcome.head).toMatchObject({ revisionId: newRevision.revisionId, parentId: null });
    });

    it('plans an event for each job of a video, each with its own id', async () => {
      const { store } = current.fixture;
      const { publication } = await store.review.recordVerdict(verdictInput(frame1, 'approve', await withMask(store, frame1)));
      expect(publication?.events.map((event) => event.jobId)).toEqual([jobA, jobB]);
      expect(new Set(publication?.events.map((event) => event.eventId)).size).toBe(2);
    });

    it('writes nothing when the head is not the one that was seen', async () => {
      const { store } = current.fixture;
      const seen = await withMask(store, image1);
      const actual = await withMask(store, image1);
      for (const kind of ['approve', 'reject', 'reopen'] as const) {
        const input = verdictInput(image1, kind, seen);
        const newRevision = kind === 'approve' ? humanRevision(image1, seen) : null;
        await expect(store.review.recordVerdict({ ...input, newRevision })).rejects.toMatchObject({ code: 'stale_revision', details: { expected: seen, actual } });
      }
      expect(await store.review.verdictsOf(image1)).toEqual([]);
      expect(await store.revisions.ofAsset(image1)).toHaveLength(2);
      expect(await store.publications.ofAsset(image1)).toEqual([]);
      expect(await store.assets.get(image1)).toMatchObject({ state: 'to_review', headRevisionId: actual });
    });

    it('says what is missing: a mask, an asset, something to undo', async () => {
      const { store } = current.fixture;
      await expect(store.review.recordVerdict(verdictInput(image1, 'approve', null))).rejects.toMatchObject({ code: 'no_mask' });
      const nobody: AssetRef = { kind: 'keyframe', id: asId('nobody') };
      await expect(store.review.recordVerdict(verdictInput(nobody, 'approve', null))).rejects.toMatchObject({ code: 'not_found' });
      await expect(store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: asId('none') }))).rejects.toMatchObject({ code: 'nothing_to_undo' });
    });

    it('rejects with its reason and takes back what was published', async () => {
      const { store } = current.fixture;
      const head = await withMask(store, image1);
      await store.review.recordVerdict(verdictInput(image1, 'approve', head));
      await publishAll(store);
      expect((await store.assets.get(image1))?.maskedLocalPath).toBe('data/masks/image-1.png');
      const { publication } = await store.review.recordVerdict(verdictInput(image1, 'reject', head));
      expect(publication).toMatchObject({ revisionId: null, events: [], stablePath: 'data/masks/image-1.png' });
      expect(await store.assets.get(image1)).toMatchObject({ state: 'rejected', reason: 'holes' });
      await publishAll(store);
      expect((await store.assets.get(image1))?.maskedLocalPath).toBeNull();
    });

    it('has nothing to withdraw where nothing was ever approved', async () => {
      const { store } = current.fixture;
      const head = await withMask(store, image1);
      expect((await store.review.recordVerdict(verdictInput(image1, 'reject', head))).publication).toBeNull();
      expect((await store.review.recordVerdict(verdictInput(image1, 'reopen', head))).publication).toBeNull();
      expect(await store.assets.get(image1)).toMatchObject({ state: 'to_review', reason: null });
    });

    it('goes back to the last approved mask, with a new event, when an approval is undone', async () => {
      const { store } = current.fixture;
      const head = await withMask(store, image1);
      const first = await store.review.recordVerdict(verdictInput(image1, 'approve', head));
      const corrected = humanRevision(image1, head);
      const second = await store.review.recordVerdict({ ...verdictInput(image1, 'approve', head), newRevision: corrected });
      const undone = await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: second.verdict.verdictId }));
      expect(undone.publication).toMatchObject({ revisionId: head });
      expect(undone.publication?.events[0]?.eventId).not.toBe(first.publication?.events[0]?.eventId);
      expect(undone.head?.revisionId).toBe(corrected.revisionId);
      expect((await store.assets.get(image1))?.state).toBe('approved');

      const last = await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: first.verdict.verdictId }));
      expect(last.publication).toMatchObject({ revisionId: null });
      expect((await store.assets.get(image1))?.state).toBe('to_review');
      await expect(store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: first.verdict.verdictId }))).rejects.toMatchObject({ code: 'nothing_to_undo' });
    });

    it('undoes the latest verdict alone', async () => {
      const { store } = current.fixture;
      const head = await withMask(store, image1);
      const approval = await store.review.recordVerdict(verdictInput(image1, 'approve', head));
      const rejection = await store.review.recordVerdict(verdictInput(image1, 'reject', head));
      await expect(store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: approval.verdict.verdictId }))).rejects.toMatchObject({ code: 'nothing_to_undo' });
      const undone = await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: rejection.verdict.verdictId }));
      expect(undone.publication).toMatchObject({ revisionId: head });
    });

    it('answers a repeated verdict as the first time and records nothing', async () => {
      const { store } = current.fixture;
      const head = await withMask(store, image1);
      const input = { ...verdictInput(image1, 'approve', head), newRevision: humanRevision(image1, head) };
      const outcome = await store.review.recordVerdict(input);
      expect(await store.review.recordVerdict(input)).toEqual(outcome);
      expect(await store.review.verdictsOf(image1)).toHaveLength(1);
      expect(await store.publications.ofAsset(image1)).toHaveLength(1);
      await expect(store.review.recordVerdict({ ...input, verdict: { ...input.verdict, asset: image2 } })).rejects.toThrow(/another decision/);
    });

    it("finds a reviewer's latest verdict that stands", async () => {
      const { store } = current.fixture;
      expect(await store.review.latestOf('ada')).toBeNull();
      const first = verdictInput(image1, 'approve', await withMask(store, image1));
      const second = verdictInput(image2, 'reject', null);
      const others = verdictInput(frame1, 'reject', null, { reviewer: 'bob' });
      for (const input of [first, second, others]) await store.review.recordVerdict(input);
      expect((await store.review.latestOf('ada'))?.verdictId).toBe(second.verdict.verdictId);
      await store.review.recordVerdict(verdictInput(image2, 'undo', null, { undoesVerdictId: second.verdict.verdictId }));
      expect((await store.review.latestOf('ada'))?.verdictId).toBe(first.verdict.verdictId);
      expect(await store.assets.get(image2)).toMatchObject({ state: 'unsegmented', reason: null });
    });
  });
};
