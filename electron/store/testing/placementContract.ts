import { describe, expect, it } from 'vitest';
import type { LookTiming, Placement } from '../../../shared/ports/store/placementStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { frame1, image1, image2, modelRevision, plainEvents, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const timing: LookTiming = { latenessMs: 60_000, firstPauseMs: 1_000, longestPauseMs: 4_000 };

const claimAll = async (store: Store): Promise<Placement[]> => {
  const claimed: Placement[] = [];
  for (;;) {
    const placement = await store.placements.claimDue(timing);
    if (placement === null) return claimed;
    claimed.push(placement);
  }
};
const pathsOf = (placements: readonly Placement[]): string[] => placements.map(({ stablePath }) => stablePath).sort();

export const placementContract = (current: StoreUnderTest): void => {
  describe('placements', () => {
    it('gives each path to one look at a time, with growing pauses, and forgets it after its window', async () => {
      const { store, clock } = current.fixture;
      await store.placements.begin(image1, 'a.png');
      await store.placements.begin(frame1, 'b.png');
      expect(await claimAll(store)).toEqual([]);
      clock.advance(5_000);
      const another = await current.fixture.openAnother();
      const claimed = (await Promise.all([claimAll(store), claimAll(another)])).flat();
      expect(pathsOf(claimed)).toEqual(['a.png', 'b.png']);
      expect(claimed.every(({ isOver }) => !isOver)).toBe(true);
      const seenAtMs: number[] = [];
      for (let passedMs = 500; passedMs <= 12_000; passedMs += 500) {
        clock.advance(500);
        if ((await claimAll(store)).length > 0) seenAtMs.push(passedMs);
      }
      expect(seenAtMs).toEqual([1_000, 3_000, 7_000, 11_000]);
      clock.advance(60_000);
      const over = await claimAll(store);
      expect(over.map(({ isOver }) => isOver)).toEqual([true, true]);
      // An attempt since then keeps its path.
      await store.placements.begin(image1, 'a.png');
      for (const placement of over) await store.placements.forget(placement);
      expect(pathsOf(await store.placements.list(timing.latenessMs))).toEqual(['a.png']);
    });

    it('keeps a path whose attempt was left without an answer, also when a later one was answered', async () => {
      const { store } = current.fixture;
      const { placements } = store;
      await placements.begin(image1, 'answered.png');
      await placements.end(image1, 'answered.png', true);
      await placements.begin(image1, 'unanswered.png');
      await placements.end(image1, 'unanswered.png', false);
      await placements.begin(image1, 'unanswered.png');
      await placements.end(image1, 'unanswered.png', true);
      await placements.begin(image1, 'of two.png');
      await placements.begin(image1, 'of two.png');
      await placements.end(image1, 'of two.png', true);
      expect(pathsOf(await placements.list(timing.latenessMs))).toEqual(['of two.png', 'unanswered.png']);
    });

    it('notes an attempt of publishing before it is made, and forgets it with the publication', async () => {
      const { store } = current.fixture;
      const another = await current.fixture.openAnother();
      const approve = async (asset: typeof image1): Promise<string> => {
        const { revision } = await store.revisions.addCandidate(modelRevision(asset));
        return (await store.review.recordVerdict(verdictInput(asset, 'approve', revision.revisionId))).publication?.stablePath ?? '';
      };
      const seen: string[][] = [];
      const look = async (): Promise<void> => void seen.push(pathsOf(await another.placements.list(timing.latenessMs)));
      const steps = { eventsOf: plainEvents, noteFirst: true };

      const paths = [await approve(image1), await approve(image2), await approve(frame1)] as const;
      expect(await store.publications.publishNext({ ...steps, place: look })).toMatchObject({ kind: 'published' });
      // One try without an answer is enough, whatever the call came to.
      expect(await store.publications.publishNext({ ...steps, place: async (_, onUnsettled) => (await look(), onUnsettled()) })).toMatchObject({ kind: 'published' });
      const refused = async (): Promise<void> => (await look(), Promise.reject(new Error('no permission')));
      expect(await store.publications.publishNext({ ...steps, place: refused })).toMatchObject({ kind: 'failed' });
      expect(seen).toEqual([[paths[0]], [paths[1]], [paths[1], paths[2]].sort()]);
      expect(pathsOf(await store.placements.list(timing.latenessMs))).toEqual([paths[1]]);
    });

    it('notes a withdrawal too', async () => {
      const { store } = current.fixture;
      const { revision } = await store.revisions.addCandidate(modelRevision(image1));
      await store.review.recordVerdict(verdictInput(image1, 'approve', revision.revisionId));
      const steps = { eventsOf: plainEvents, noteFirst: true };
      await store.publications.publishNext({ ...steps, place: async () => undefined });
      await store.review.recordVerdict(verdictInput(image1, 'reject', revision.revisionId));
      expect(await store.publications.publishNext({ ...steps, place: async (_, onUnsettled) => onUnsettled() })).toMatchObject({ kind: 'published', publication: { revisionId: null } });
      expect(await store.placements.list(timing.latenessMs)).toHaveLength(1);
    });
  });
};
