import { describe, expect, it } from 'vitest';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId, VerdictId } from '../../../shared/domain/ids.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { VerdictInput } from '../../../shared/ports/store/reviewStore.ts';
import { frame1, humanRevision, image1, image2, modelRevision, productId, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const hourMs = 3_600_000;

export const statsContract = (current: StoreUnderTest): void => {
  describe('statistics', () => {
    const startMs = (): number => current.fixture.clock.nowMs();
    const addMask = async (asset: AssetRef): Promise<RevisionId> => (await current.fixture.store.revisions.addCandidate(modelRevision(asset))).revision.revisionId;
    const judge = async (input: VerdictInput, afterMs = 0): Promise<VerdictId> => {
      current.fixture.clock.advance(afterMs);
      return (await current.fixture.store.review.recordVerdict(input)).verdict.verdictId;
    };
    const undo = (asset: AssetRef, undoesVerdictId: VerdictId, afterMs = 0) => judge(verdictInput(asset, 'undo', null, { undoesVerdictId }), afterMs);

    it('counts the day: what was taken back does not count, what others did is not mine', async () => {
      const { store } = current.fixture;
      const beginMs = startMs();
      expect(await store.stats.today(beginMs, 'ada')).toEqual({ approved: 0, rejected: 0, reopened: 0, byMe: 0, firstAtMs: null, lastAtMs: null });
      const [first, second, third] = [await addMask(image1), await addMask(image2), await addMask(frame1)];
      await judge(verdictInput(image1, 'approve', first), 1000);
      await judge(verdictInput(image2, 'reject', second, { reviewer: 'bo' }), 1000);
      await undo(frame1, await judge(verdictInput(frame1, 'reject', third), 1000), 1000);
      await judge(verdictInput(image2, 'reopen', second), 1000);
      expect(await store.stats.today(beginMs, 'ada')).toEqual({
        approved: 1,
        rejected: 1,
        reopened: 1,
        byMe: 1,
        firstAtMs: beginMs + 1000,
        lastAtMs: beginMs + 5000,
      });
      expect(await store.stats.today(beginMs + 1001, 'bo')).toMatchObject({ approved: 0, rejected: 1, byMe: 1 });
    });

    it('says who made and judged what, when, and how the masks fared', async () => {
      const { store } = current.fixture;
      const sinceMs = startMs();
      const [first, second, third] = [await addMask(image1), await addMask(image2), await addMask(frame1)];
      await judge(verdictInput(image1, 'reject', first), 10_000);
      await judge({ ...verdictInput(image1, 'approve', first), newRevision: humanRevision(image1, first) }, 20_000);
      await judge(verdictInput(image2, 'reject', second, { reason: 'person_kept', reviewer: 'bo' }), hourMs);
      await judge(verdictInput(frame1, 'approve', third, { reviewer: 'bo' }), 40_000);
      await undo(image2, await judge(verdictInput(image2, 'approve', second), 50_000), 1000);
      const query = { sinceMs, untilMs: sinceMs + 3 * hourMs, bucketMs: hourMs };
      expect(await store.stats.dashboard(query)).toEqual({
        ...query,
        buckets: [
          { startMs: sinceMs, made: 4, approved: 1, rejected: 1, byReviewer: [{ reviewer: 'ada', count: 2 }] },
          { startMs: sinceMs + hourMs, made: 0, approved: 1, rejected: 1, byReviewer: [{ reviewer: 'bo', count: 2 }] },
          { startMs: sinceMs + 2 * hourMs, made: 0, approved: 0, rejected: 0, byReviewer: [] },
        ],
        byReason: expect.arrayContaining([{ reason: 'holes', count: 1 }, { reason: 'person_kept', count: 1 }]) as unknown,
        byModel: [{ modelId: 'some-model', approved: 2, rejected: 2, corrected: 1 }],
        byProduct: [{ productId, title: 'Trail Boot', approved: 1, rejected: 2, corrected: 1 }],
        // Ada: 20 s; Bo: 40 s.
        secondsAMask: { median: 20, p90: 40 },
        backlog: { toReview: 0, perHour: 2, etaMs: 0 },
      });
      expect((await store.stats.dashboard({ ...query, untilMs: sinceMs + 10_000 })).buckets).toEqual([{ startMs: sinceMs, made: 3, approved: 0, rejected: 0, byReviewer: [] }]);
    });

    it('leaves pauses and bulk verdicts out of the time for a mask, and forecasts the backlog', async () => {
      const { store } = current.fixture;
      const sinceMs = startMs();
      const query = { sinceMs, untilMs: sinceMs + 24 * hourMs, bucketMs: hourMs };
      expect(await store.stats.dashboard(query)).toMatchObject({ secondsAMask: null, backlog: { toReview: 0, perHour: null, etaMs: null } });
      const [first, second] = [await addMask(image1), await addMask(image2)];
      await addMask(frame1);
      await judge(verdictInput(image1, 'reject', first), 0);
      await judge(verdictInput(image1, 'reject', first), 300_001);
      await judge(verdictInput(image1, 'reject', first, { batchId: asId('batch') }), 5);
      await judge(verdictInput(image2, 'reject', second, { batchId: asId('batch') }), 5);
      expect(await store.stats.dashboard(query)).toMatchObject({ secondsAMask: null, backlog: { toReview: 1, perHour: 4, etaMs: hourMs / 4 } });
      await judge(verdictInput(image1, 'reject', first), 299_990);
      expect(await store.stats.dashboard(query)).toMatchObject({ secondsAMask: { median: 300, p90: 300 } });
    });
  });
};
