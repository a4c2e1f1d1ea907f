import { asId, type RevisionId, type VerdictId } from '../../../shared/domain/ids.ts';
import { sameAsset, withDraftOf, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import type { VerdictResult } from '../../../shared/contracts/rpc/review.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { encodeRle } from '../../../shared/mask/rleBinary.ts';
import { maskBlobKey, matteBlobKey } from '../../../shared/domain/blobKeys.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';
import { readStoredMask } from '../pixels/storedMask.ts';
import type { PaintedVersion } from '../review/paintedVersion.ts';
import type { DecidedVerdict } from '../review/verdictGiver.ts';
import type { PaintedMask, ReviewService, Seen } from '../services.ts';
import type { KnownRows } from './knownRows.ts';
import type { PendingBlobs } from './pendingBlobs.ts';
import { awayPartOf, type Reachability } from './reachability.ts';
import type { Shelf, ShelvedVerdict } from './shelf.ts';

export interface OfflineReviewParts {
  readonly review: ReviewService;
  readonly shelf: Shelf;
  readonly reach: Reachability;
  readonly known: KnownRows;
  readonly pending: PendingBlobs;
  readonly paintedVersion: PaintedVersion;
  readonly codec: ImageCodec;
  readonly clock: Clock;
  readonly reviewer: () => string;
}

type Decision = Pick<ShelvedVerdict, 'verdict' | 'reason' | 'note'> & Seen & { readonly edit: (PaintedMask & { readonly maskSha256: NonNullable<PaintedMask['maskSha256']> }) | null };

const states = { approve: 'approved', reject: 'rejected', reopen: 'to_review' } as const;

const verdictOf = ({ id, before, after, verdict, reason, note, reviewer, madeAtMs }: ShelvedVerdict): Verdict => ({
  verdictId: id,
  asset: { kind: before.kind, id: before.id },
  revisionId: after.headRevisionId,
  kind: verdict,
  reason,
  note,
  reviewer,
  undoesVerdictId: null,
  batchId: null,
  createdAtMs: madeAtMs,
});

/** What a verdict that waits is told as. */
export const resultOf = (entry: ShelvedVerdict, head: Revision | null): VerdictResult => ({ verdict: verdictOf(entry), head, publication: null, asset: entry.after, isWaiting: true });

/** The draft that the mask of a verdict becomes again. */
export const draftOfVerdict = async (entry: ShelvedVerdict, { codec, pending }: Pick<OfflineReviewParts, 'codec' | 'pending'>): Promise<Uint8Array | null> =>
  entry.painted === null ? null : encodeRle(await codec.decodeMask(await readStoredMask(pending.blobs, entry.painted.maskSha256)));

/**
 * Verdicts as always; what can't be recorded because the store, or the place of its masks, is away becomes an intention on the shelf. Its ids are
 * fixed before the first try, so that one whose answer was lost counts once. While one of an asset waits, later ones of it follow it.
 */
export const createOfflineReview = (parts: OfflineReviewParts): ReviewService => {
  const { review, shelf, reach, known, pending, paintedVersion, clock, reviewer } = parts;

  const decide = (): DecidedVerdict => ({ verdictId: asId<VerdictId>(clock.uuid()), revisionId: asId<RevisionId>(clock.uuid()), reviewer: reviewer() });

  const paintedOf = async (asset: Asset, { edit, expectedHead }: Decision, decided: DecidedVerdict): Promise<Revision | null> => {
    if (edit === null) return null;
    const head = expectedHead === null ? null : known.revision(expectedHead);
    if (head?.maskSha256 === edit.maskSha256 && (edit.matteSha256 ?? null) === null) return null;
    const version = await paintedVersion(asset, edit, expectedHead);
    return { ...version, revisionId: decided.revisionId, author: decided.reviewer, createdAtMs: clock.nowMs(), iouToParent: null };
  };

  /** @param failure why it is not recorded now: told where this desk does not know enough of the asset to keep the verdict */
  const shelve = async (decision: Decision, decided: DecidedVerdict, failure: () => unknown): Promise<VerdictResult> => {
    const before = known.asset(decision.asset);
    if (before === null) throw failure();
    const painted = await paintedOf(before, decision, decided);
    const head = painted ?? (decision.expectedHead === null ? null : known.revision(decision.expectedHead));
    if (decision.verdict === 'approve' && head === null && before.headRevisionId === null) throw new ExpectedError('no_mask', `${before.id} has no mask yet that could be approved.`);
    const judged = { ...before, state: states[decision.verdict], reason: decision.reason, reviewer: decision.verdict === 'reopen' ? null : decided.reviewer };
    const moved = painted === null ? judged : { ...judged, headRevisionId: painted.revisionId, headModelId: null, headAreaShare: painted.areaPx / (painted.widthPx * painted.heightPx), suspicion: null, topCheck: null, checkValue: null };
    const after = decision.edit === null ? moved : withDraftOf(moved, decided.reviewer, false);
    const { verdict, reason, note, expectedHead } = decision;
    const entry = { id: decided.verdictId, verdict, reviewer: decided.reviewer, before, after, expectedHead, painted, endsDraft: decision.edit !== null, reason, note, madeAtMs: clock.nowMs() };
    await shelf.addVerdict(entry);
    await dropDraft(decision);
    known.noteAssets([after]);
    known.noteRevisions([painted]);
    return resultOf({ ...entry, kind: 'verdict', sequence: 0 }, head);
  };

  /** The edit is in the verdict now. */
  const dropDraft = async ({ asset, edit }: Decision): Promise<void> => {
    const draft = edit === null ? null : shelf.draftOf(asset, reviewer());
    if (draft !== null) await shelf.remove(draft);
  };

  const areBlobsPending = async ({ edit }: Decision): Promise<boolean> => {
    if (edit === null) return false;
    const matte = edit.matteSha256 ?? null;
    return (await pending.isPending(maskBlobKey(edit.maskSha256))) || (matte !== null && (await pending.isPending(matteBlobKey(matte))));
  };

  const give = async (decision: Decision, ask: (decided: DecidedVerdict) => Promise<VerdictResult>): Promise<VerdictResult> => {
    const decided = decide();
    const follows = shelf.verdictsOf(decision.asset, decided.reviewer).length > 0;
    if (follows || reach.isAway('store')) return shelve(decision, decided, () => reach.errorOf('store'));
    if (await areBlobsPending(decision)) return shelve(decision, decided, () => reach.errorOf('files'));
    try {
      const result = await ask(decided);
      await dropDraft(decision);
      known.noteAssets([result.asset]);
      return result;
    } catch (error) {
      if (awayPartOf(error) === null) throw error;
      return shelve(decision, decided, () => error);
    }
  };

  const takeBack = async (entry: ShelvedVerdict): Promise<VerdictResult> => {
    const last = shelf.verdictsOf(entry.before, entry.reviewer).at(-1);
    if (last?.id !== entry.id) throw new ExpectedError('nothing_to_undo', `Another decision about ${entry.before.id} came after that one: take that back first.`);
    const rle = await draftOfVerdict(entry, parts);
    const { painted, before, reviewer: whose } = entry;
    const ref: AssetRef = { kind: before.kind, id: before.id };
    if (rle !== null && painted !== null && shelf.draftOf(ref, whose) === null) {
      const mattes = painted.matteSha256 === null ? null : { applied: 0, mattes: [{ step: -1, matteSha256: painted.matteSha256, madeSha256: painted.maskSha256 }] };
      const { widthPx, heightPx, prompts } = painted;
      await shelf.putDraft({ asset: ref, reviewer: whose, baseRevisionId: entry.expectedHead, widthPx, heightPx, maskRle: Buffer.from(rle).toString('base64'), prompts, mattes, madeAtMs: entry.madeAtMs });
    }
    await shelf.remove(entry);
    const asset = withDraftOf(before, whose, painted !== null || before.draftsBy.includes(whose));
    known.noteAssets([asset]);
    const head = before.headRevisionId === null ? null : known.revision(before.headRevisionId);
    const undo: Verdict = { ...verdictOf(entry), verdictId: asId<VerdictId>(clock.uuid()), kind: 'undo', undoesVerdictId: entry.id, createdAtMs: clock.nowMs() };
    return { verdict: undo, head, publication: null, asset, isWaiting: true };
  };

  const newest = (): ShelvedVerdict | null => shelf.verdicts(reviewer()).at(-1) ?? null;

  return {
    ...review,
    approve: ({ maskSha256, ...input }, batchId) =>
      give({ ...input, verdict: 'approve', reason: null, note: null, edit: maskSha256 === null ? null : { ...input, maskSha256 } }, (decided) => review.approve({ ...input, maskSha256 }, batchId, decided)),
    reject: (input, batchId) => give({ ...input, verdict: 'reject', edit: null }, (decided) => review.reject(input, batchId, decided)),
    reopen: (input) => give({ ...input, verdict: 'reopen', reason: null, note: null, edit: null }, (decided) => review.reopen(input, decided)),
    latest: async () => {
      const waiting = newest();
      return waiting === null ? review.latest() : verdictOf(waiting);
    },
    undo: ({ verdictId }) => {
      const waiting = verdictId === undefined ? newest() : shelf.find(verdictId);
      return waiting?.kind === 'verdict' ? takeBack(waiting) : review.undo(verdictId === undefined ? {} : { verdictId });
    },
    keepVersion: async (input) => {
      if (sameAssetPending(shelf, input.asset, reviewer())) throw new ExpectedError('stale_revision', `A verdict about ${input.asset.id} waits to be sent: send it, or take it back, first.`);
      return review.keepVersion(input);
    },
  };
};

const sameAssetPending = (shelf: Shelf, asset: AssetRef, reviewer: string): boolean => shelf.verdicts(reviewer).some(({ before }) => sameAsset(before, asset));
