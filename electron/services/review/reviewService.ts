import type { BatchId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { VerdictOutcome } from '../../../shared/ports/store/reviewStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { VerdictResult } from '../../../shared/contracts/rpc/review.ts';
import type { AppEvents } from '../appEvents.ts';
import type { Publisher } from '../publish/publisher.ts';
import { assetOrThrow } from '../assetOrThrow.ts';
import type { ReviewService } from '../services.ts';
import type { PaintedVersion } from './paintedVersion.ts';
import { assertNoDraft } from './ownDraft.ts';
import type { Batch, VerdictGiver } from './verdictGiver.ts';

interface ReviewParts {
  readonly store: Store;
  readonly giver: VerdictGiver;
  readonly paintedVersion: PaintedVersion;
  readonly events: AppEvents;
  readonly publisher: Publisher;
  /** Whose latest verdict an undo without a name takes back. */
  readonly reviewer: () => string;
}

/** Verdicts (architecture.md, Approving). When a method resolves the verdict is acknowledged; publishing follows in the background. */
export const createReviewService = ({ store, giver, paintedVersion, events, publisher, reviewer }: ReviewParts): ReviewService => {
  const told = async (given: Promise<VerdictOutcome>): Promise<VerdictResult> => {
    const outcome = await given;
    const { asset } = outcome.verdict;
    events.assetsChanged([asset]);
    publisher.kick();
    return { ...outcome, asset: await assetOrThrow(store, asset) };
  };
  const batchOf = (batchId: BatchId | undefined): Batch | undefined => (batchId === undefined ? undefined : { batchId, reviewer: reviewer() });
  const latest = () => store.review.latestOf(reviewer());

  return {
    approve: (input, batchId, decided) => told(giver.approve(input, batchOf(batchId), decided)),
    reject: (input, batchId, decided) => told(giver.reject(input, batchOf(batchId), decided)),
    assertNoDraft: (asset) => assertNoDraft(store, asset, reviewer()),
    reopen: (input, decided) => told(giver.reopen(input, undefined, decided)),
    latest,
    keepVersion: async ({ asset, expectedHead, ...painted }) => {
      const outcome = await store.revisions.addCandidate(await paintedVersion(await assetOrThrow(store, asset), painted, expectedHead));
      events.assetsChanged([asset]);
      return outcome;
    },
    undo: async ({ verdictId }) => {
      const undone = verdictId === undefined ? await latest() : await store.review.get(verdictId);
      if (undone === null) throw new ExpectedError('nothing_to_undo', 'There is no verdict of yours to take back.');
      return told(giver.undo(undone));
    },
  };
};
