import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetStates, type AssetRef, type AssetState } from '../../../shared/domain/asset.ts';
import { asId, type AssetId } from '../../../shared/domain/ids.ts';
import { replayVerdicts, standingApproval } from '../../../shared/domain/reviewState.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { addFrame, addImage, humanRevision, modelRevision, plainEvents, publishAll, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const actions = ['candidate', 'approve', 'correct', 'reject', 'reopen', 'undo', 'undoOlder', 'stale', 'publish', 'publishFails', 'publishNever', 'moveHead'] as const;
type Action = (typeof actions)[number];
const verdictActions: ReadonlySet<Action> = new Set(['approve', 'correct', 'reject', 'reopen', 'undo', 'undoOlder']);

const headOf = async (store: Store, asset: AssetRef) => (await store.assets.get(asset))?.headRevisionId ?? null;

/** What a person or the background does; what the store rightly refuses is part of the sequence. */
const perform = async (store: Store, asset: AssetRef, action: Action): Promise<'done' | 'refused'> => {
  const head = await headOf(store, asset);
  const undo = async (which: number) => {
    const given = (await store.review.verdictsOf(asset)).filter((verdict) => verdict.kind !== 'undo').at(which);
    await store.review.recordVerdict(verdictInput(asset, 'undo', null, { undoesVerdictId: given?.verdictId ?? asId('none') }));
  };
  const work: Record<Action, () => Promise<unknown>> = {
    candidate: () => store.revisions.addCandidate(modelRevision(asset)),
    approve: () => store.review.recordVerdict(verdictInput(asset, 'approve', head)),
    correct: () => store.review.recordVerdict({ ...verdictInput(asset, 'approve', head), newRevision: humanRevision(asset, head) }),
    reject: () => store.review.recordVerdict(verdictInput(asset, 'reject', head)),
    reopen: () => store.review.recordVerdict(verdictInput(asset, 'reopen', head)),
    undo: async () => {
      const latest = replayVerdicts(await store.review.verdictsOf(asset)).latest;
      await store.review.recordVerdict(verdictInput(asset, 'undo', null, { undoesVerdictId: latest?.verdictId ?? asId('none') }));
    },
    undoOlder: () => undo(-2),
    stale: () => store.review.recordVerdict(verdictInput(asset, 'approve', asId('somebody else'))),
    publish: () => store.publications.publishNext({ only: asset, place: async () => undefined, eventsOf: plainEvents }),
    publishFails: () => store.publications.publishNext({ only: asset, place: () => Promise.reject(new Error('no disk')), eventsOf: plainEvents }),
    publishNever: () =>
      store.publications.publishNext({ only: asset, place: () => Promise.reject(new Error('damaged')), eventsOf: plainEvents, isLasting: () => true }),
    moveHead: async () => {
      const oldest = (await store.revisions.ofAsset(asset)).at(-1);
      if (oldest !== undefined) await store.revisions.moveHead(asset, oldest.revisionId, head);
    },
  };
  try {
    await work[action]();
    return 'done';
  } catch (error) {
    if (!isExpected(error)) throw error;
    expect(['no_mask', 'nothing_to_undo', 'stale_revision']).toContain(error.code);
    return 'refused';
  }
};

/** True after every single step. @returns the state that the verdicts alone give */
const checkAlways = async (store: Store, asset: AssetRef): Promise<AssetState> => {
  const review = replayVerdicts(await store.review.verdictsOf(asset));
  const now = await store.assets.get(asset);
  const publications = await store.publications.ofAsset(asset);
  const published = publications.filter((publication) => publication.state === 'published');
  const live = publications.filter((publication) => publication.state !== 'superseded').at(-1);

  // What is or will be public is the approval that stands, whatever happened in between.
  expect(live?.revisionId ?? null).toBe(standingApproval(review)?.revisionId ?? null);
  // The path is that of the newest mask that was placed, never of one that only will be; a withdrawal that was tried has cleared it already.
  const placedPath = published.at(-1)?.revisionId == null ? null : (published.at(-1)?.stablePath ?? null);
  const lastPublished = published.at(-1)?.sequence ?? 0;
  const isWithdrawing = publications.some((publication) => publication.sequence > lastPublished && publication.revisionId === null);
  expect(isWithdrawing ? [placedPath, null] : [placedPath]).toContain(now?.maskedLocalPath ?? null);
  // Events are those of placed masks, each once.
  const expected = published.flatMap((publication) => publication.events.map((event) => event.eventId));
  const sent = (await store.outbox.list({ limit: 100_000 })).map((entry) => entry.eventId);
  expect(sent.filter((id) => publications.some((publication) => publication.events.some((event) => event.eventId === id))).sort()).toEqual(expected.sort());
  expect(new Set(sent).size).toBe(sent.length);
  return review.state ?? (now?.headRevisionId === null ? 'unsegmented' : 'to_review');
};

const livePublication = async (store: Store, asset: AssetRef) =>
  (await store.publications.ofAsset(asset)).filter((publication) => publication.state !== 'superseded').at(-1) ?? null;

/** Sequences that once went wrong, or nearly: a mask approved twice, a candidate rejected beside an approval, a withdrawal passed over. */
const knownTraps: [Action[], boolean][] = [
  [['candidate', 'approve', 'approve', 'reject'], false],
  [['candidate', 'approve', 'approve', 'reopen', 'undo'], false],
  [['candidate', 'correct', 'publish', 'moveHead', 'reject'], true],
  [['candidate', 'correct', 'moveHead', 'reject', 'undo'], false],
  [['candidate', 'approve', 'correct', 'moveHead', 'reject', 'publish'], false],
  [['candidate', 'approve', 'publish', 'reject', 'publishFails', 'approve', 'publishNever', 'publishNever'], false],
];

export const reviewLaws = (current: StoreUnderTest): void => {
  describe('laws of reviewing', () => {
    it('holds what is public to the verdicts, through any sequence of work', async () => {
      const { store } = current.fixture;
      let run = 0;
      const property = fc.asyncProperty(
        fc.array(fc.constantFrom(...actions), { minLength: 1, maxLength: 14 }),
        fc.boolean(),
        async (sequence, isKeyframe) => {
          const id = asId<AssetId>(`law ${run++}`);
          const asset: AssetRef = { kind: isKeyframe ? 'keyframe' : 'product_image', id };
          await (isKeyframe ? addFrame(store, id, 1000 + run) : addImage(store, id));
          for (const action of sequence) {
            const before = await store.assets.get(asset);
            const liveBefore = await livePublication(store, asset);
            const outcome = await perform(store, asset, action);
            const replayed = await checkAlways(store, asset);
            const after = await store.assets.get(asset);
            if (outcome === 'done' && (action === 'reject' || action === 'reopen')) {
              // The mask that was judged is no longer public; any other stays.
              const judged = before?.headRevisionId ?? null;
              const live = await livePublication(store, asset);
              if (judged !== null) expect(live?.revisionId).not.toBe(judged);
              if (liveBefore?.revisionId !== judged) expect(live).toEqual(liveBefore);
            }
            if (outcome === 'done' && verdictActions.has(action)) expect(after?.state).toBe(replayed);
            else if (after?.headRevisionId !== before?.headRevisionId) expect(after?.state).toBe('to_review');
            else if (action !== 'moveHead') expect(after?.state).toBe(before?.state);
          }
          await publishAll(store);
          const stands = standingApproval(replayVerdicts(await store.review.verdictsOf(asset)));
          expect((await store.assets.get(asset))?.maskedLocalPath ?? null).toBe(stands === null ? null : `data/masks/${id}.png`);
          expect(await store.publications.pendingCount()).toBe(0);
        },
      );
      await fc.assert(property, { numRuns: 40, examples: knownTraps });
      // Whatever happened, the counts of the queue are those of its list.
      const { assets } = await store.assets.list({ limit: 1000 });
      const counts = await store.assets.counts();
      for (const state of assetStates) expect([state, counts[state]]).toEqual([state, assets.filter((asset) => asset.state === state).length]);
      const { reviewers } = await store.assets.facets();
      expect(reviewers.reduce((sum, { count }) => sum + count, 0)).toBe(counts.approved + counts.rejected);
    });
  });
};
