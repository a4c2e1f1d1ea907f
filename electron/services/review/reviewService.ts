import type { Asset } from '../../../shared/domain/asset.ts';
import { asId, type EventId, type PublicationId, type RevisionId, type Sha256, type VerdictId } from '../../../shared/domain/ids.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import type { NewVerdict } from '../../../shared/domain/verdict.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { VerdictResult } from '../../../shared/contracts/rpc/review.ts';
import type { AppEvents } from '../appEvents.ts';
import { readStoredMask } from '../pixels/storedMask.ts';
import type { Publisher } from '../publish/publisher.ts';
import type { StableKeyOf } from '../publish/stablePaths.ts';
import { assetOrThrow } from '../assetOrThrow.ts';
import type { ReviewService } from '../services.ts';
import type { MaskFactsCache } from './maskFacts.ts';

interface ReviewParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly events: AppEvents;
  readonly publisher: Publisher;
  readonly maskFacts: MaskFactsCache;
  readonly stableKeyOf: StableKeyOf;
  /** Who gives the verdicts now. */
  readonly reviewer: () => string;
}

/** Verdicts (architecture.md, Approving). When a method resolves the verdict is acknowledged; publishing follows in the background. */
export const createReviewService = (parts: ReviewParts): ReviewService => {
  const { store, blobs, clock, events, publisher, maskFacts, stableKeyOf, reviewer } = parts;

  /** Approving the head as it is: its bytes must be there and right, or nothing of it could ever be published. */
  const assertReadable = async (head: RevisionId | null): Promise<void> => {
    const revision = head === null ? null : await store.revisions.get(head);
    if (revision !== null) await readStoredMask(blobs, revision.maskSha256);
  };

  const correctedRevision = async (asset: Asset, maskSha256: Sha256, expectedHead: RevisionId | null): Promise<NewRevision | null> => {
    const head = expectedHead === null ? null : await store.revisions.get(expectedHead);
    // Painting that ended where it began is no new version.
    if (head?.maskSha256 === maskSha256) return null;
    const facts = await maskFacts.of(maskSha256);
    if (asset.widthPx !== null && (asset.widthPx !== facts.widthPx || asset.heightPx !== facts.heightPx)) {
      throw new ExpectedError(
        'mask_size_mismatch',
        `The mask is ${facts.widthPx} x ${facts.heightPx}, but the picture is ${asset.widthPx} x ${asset.heightPx ?? 0} pixels. A mask has exactly its picture's size.`,
      );
    }
    return {
      revisionId: asId<RevisionId>(clock.uuid()),
      asset: { kind: asset.kind, id: asset.id },
      parentId: expectedHead,
      maskSha256,
      matteSha256: null,
      ...facts,
      origin: 'human',
      author: reviewer(),
      model: null,
    };
  };

  const record = async (
    verdict: Omit<NewVerdict, 'verdictId' | 'reviewer'>,
    expectedHead: RevisionId | null,
    newRevision: NewRevision | null = null,
  ): Promise<VerdictResult> => {
    const { asset } = verdict;
    const outcome = await store.review.recordVerdict({
      verdict: { ...verdict, verdictId: asId<VerdictId>(clock.uuid()), reviewer: reviewer() },
      expectedHead,
      newRevision,
      publicationId: asId<PublicationId>(clock.uuid()),
      stablePath: blobs.pathOfKey(stableKeyOf(asset)),
      newEventId: () => asId<EventId>(clock.uuid()),
    });
    events.assetsChanged([asset]);
    publisher.kick();
    return { ...outcome, asset: await assetOrThrow(store, asset) };
  };

  const plain = { reason: null, note: null, undoesVerdictId: null } as const;

  return {
    approve: async ({ asset, expectedHead, maskSha256 }) => {
      const current = await assetOrThrow(store, asset);
      const corrected = maskSha256 === null ? null : await correctedRevision(current, maskSha256, expectedHead);
      // Of a head that has moved on the store says so, whatever became of its mask.
      if (corrected === null && current.headRevisionId === expectedHead) await assertReadable(expectedHead);
      return record({ ...plain, asset, kind: 'approve', revisionId: corrected?.revisionId ?? expectedHead }, expectedHead, corrected);
    },
    reject: ({ asset, expectedHead, reason, note }) =>
      record({ asset, kind: 'reject', revisionId: expectedHead, reason, note, undoesVerdictId: null }, expectedHead),
    reopen: ({ asset, expectedHead }) => record({ ...plain, asset, kind: 'reopen', revisionId: expectedHead }, expectedHead),
    undo: async ({ verdictId }) => {
      const undone = verdictId === undefined ? await store.review.latestOf(reviewer()) : await store.review.get(verdictId);
      if (undone === null) throw new ExpectedError('nothing_to_undo', 'There is no verdict of yours to take back.');
      return record(
        { ...plain, asset: undone.asset, kind: 'undo', revisionId: undone.revisionId, undoesVerdictId: undone.verdictId },
        null,
      );
    },
  };
};
