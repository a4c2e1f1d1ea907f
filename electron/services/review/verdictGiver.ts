import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type BatchId, type EventId, type PublicationId, type RevisionId, type Sha256, type VerdictId } from '../../../shared/domain/ids.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import type { NewVerdict, RejectReason, Verdict } from '../../../shared/domain/verdict.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { VerdictOutcome } from '../../../shared/ports/store/reviewStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { assetOrThrow } from '../assetOrThrow.ts';
import { readStoredMask } from '../pixels/storedMask.ts';
import type { StableKeyOf } from '../publish/stablePaths.ts';
import type { PaintedMask, Seen } from '../services.ts';
import type { PaintedVersion } from './paintedVersion.ts';

/** Verdicts that are taken back together are one person's, whoever sits down in front of the app meanwhile. */
export interface Batch {
  readonly batchId: BatchId;
  readonly reviewer: string;
}

/** Of a verdict that was decided before it is recorded, as one that waited for the store: recorded twice, it counts once. */
export interface DecidedVerdict {
  readonly verdictId: VerdictId;
  /** Of the version that a painted mask becomes. */
  readonly revisionId: RevisionId;
  /** Whose verdict it is. */
  readonly reviewer: string;
  /** See VerdictInput. */
  readonly expectedVerdict?: VerdictId | null;
}

export interface VerdictGiverParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly paintedVersion: PaintedVersion;
  readonly stableKeyOf: StableKeyOf;
  /** Who gives the verdicts now. */
  readonly reviewer: () => string;
  /** The desk whose leases let it judge; undefined: leases are not heeded, as by a script. */
  readonly heldBy: () => string | undefined;
}

/**
 * Verdicts, one at a time or in bulk: what makes them right (architecture.md, Approving). Telling of them and publishing is the caller's.
 * When a method resolves the verdict is acknowledged.
 */
export interface VerdictGiver {
  approve(input: Seen & PaintedMask, batch?: Batch, decided?: DecidedVerdict): Promise<VerdictOutcome>;
  reject(input: Seen & { readonly reason: RejectReason; readonly note: string | null }, batch?: Batch, decided?: DecidedVerdict): Promise<VerdictOutcome>;
  reopen(input: Seen, batch?: Batch, decided?: DecidedVerdict): Promise<VerdictOutcome>;
  /** @param batch when all of the verdict's batch is being taken back */
  undo(verdict: Verdict, batch?: Batch): Promise<VerdictOutcome>;
}

export const createVerdictGiver = (parts: VerdictGiverParts): VerdictGiver => {
  const { store, blobs, clock, paintedVersion, stableKeyOf, reviewer, heldBy } = parts;

  /** Approving the head as it is: its bytes must be there and right, or nothing of it could ever be published. */
  const assertReadable = async (head: RevisionId | null): Promise<void> => {
    const revision = head === null ? null : await store.revisions.get(head);
    if (revision !== null) await readStoredMask(blobs, revision.maskSha256);
  };

  const correctedRevision = async (asset: Asset, painted: PaintedMask<Sha256>, expectedHead: RevisionId | null): Promise<NewRevision | null> => {
    const head = expectedHead === null ? null : await store.revisions.get(expectedHead);
    const { maskSha256, matteSha256 = null } = painted;
    // Painting that ended where it began is no new version, another soft edge is one.
    if (head?.maskSha256 === maskSha256 && (matteSha256 === null || matteSha256 === head.matteSha256)) return null;
    return paintedVersion(asset, painted, expectedHead);
  };

  const record = (
    verdict: Omit<NewVerdict, 'verdictId' | 'reviewer' | 'asset' | 'batchId'>,
    batch: Batch | undefined,
    asset: AssetRef,
    expectedHead: RevisionId | null,
    edit: { readonly newRevision: NewRevision | null } | null = null,
    decided?: DecidedVerdict,
  ): Promise<VerdictOutcome> =>
    store.review.recordVerdict({
      ...heeding(),
      ...(decided?.expectedVerdict === undefined ? {} : { expectedVerdict: decided.expectedVerdict }),
      verdict: {
        ...verdict,
        asset,
        verdictId: decided?.verdictId ?? asId<VerdictId>(clock.uuid()),
        reviewer: decided?.reviewer ?? batch?.reviewer ?? reviewer(),
        batchId: batch?.batchId ?? null,
      },
      expectedHead,
      newRevision: edit?.newRevision ?? null,
      endsDraft: edit !== null,
      publicationId: asId<PublicationId>(clock.uuid()),
      stablePath: blobs.pathOfKey(stableKeyOf(asset)),
      newEventId: () => asId<EventId>(clock.uuid()),
    });

  const heeding = (): { readonly heldBy?: string } => {
    const desk = heldBy();
    return desk === undefined ? {} : { heldBy: desk };
  };

  const plain = { reason: null, note: null, undoesVerdictId: null } as const;

  return {
    approve: async ({ asset, expectedHead, maskSha256, ...beside }, batch, decided) => {
      const current = await assetOrThrow(store, asset);
      const made = maskSha256 === null ? null : await correctedRevision(current, { maskSha256, ...beside }, expectedHead);
      const corrected = made === null || decided === undefined ? made : { ...made, revisionId: decided.revisionId, author: decided.reviewer };
      // Of a head that has moved on the store says so, whatever became of its mask.
      if (corrected === null && current.headRevisionId === expectedHead) await assertReadable(expectedHead);
      const revisionId = corrected?.revisionId ?? expectedHead;
      return record({ ...plain, kind: 'approve', revisionId }, batch, asset, expectedHead, maskSha256 === null ? null : { newRevision: corrected }, decided);
    },
    reject: ({ asset, expectedHead, reason, note }, batch, decided) =>
      record({ kind: 'reject', revisionId: expectedHead, reason, note, undoesVerdictId: null }, batch, asset, expectedHead, null, decided),
    reopen: ({ asset, expectedHead }, batch, decided) =>
      record({ ...plain, kind: 'reopen', revisionId: expectedHead }, batch, asset, expectedHead, null, decided),
    undo: ({ verdictId, asset, revisionId }, batch) =>
      record({ ...plain, kind: 'undo', revisionId, undoesVerdictId: verdictId }, batch, asset, null),
  };
};
