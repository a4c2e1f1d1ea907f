import type { WaitingChoice } from '../../../shared/contracts/rpc/offline.ts';
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { encodeRle } from '../../../shared/mask/rleBinary.ts';
import { assetOrThrow } from '../assetOrThrow.ts';
import { readRevisionMask } from '../pixels/maskPixels.ts';
import { digestOfRle, isSeenDraft, rleOf } from './offlineDrafts.ts';
import { draftOfVerdict } from './offlineReview.ts';
import type { ShelvedDraft, ShelvedVerdict } from './shelf.ts';
import { findEntry, recordWaiting, type WaitingWork, type WaitingWorkParts } from './waitingWork.ts';

/**
 * A person has seen both sides and says which one stands. Whatever is chosen, the other mask stays as a version, and the entry leaves the shelf last:
 * repeated after a crash it comes to the same.
 */
export const createSettleWaiting = ({ shelf, store, review, pixels, pending, codec, events }: WaitingWorkParts, { putDraft }: WaitingWork) => {
  /** As a version beside the head; once, however often it is asked for. */
  const keepBeside = async (revision: NewRevision): Promise<void> => {
    if ((await store.revisions.get(revision.revisionId)) === null) await store.revisions.addCandidate(revision);
  };

  /** An unfinished mask becomes a version beside the head, unless there is one of the very same pixels. */
  const keepRle = async (ref: AssetRef, maskRle: Uint8Array, parentId: RevisionId | null): Promise<void> => {
    const { maskSha256 } = await pixels.uploadMask(ref, maskRle);
    if ((await store.revisions.ofAsset(ref)).some((revision) => revision.maskSha256 === maskSha256)) return;
    await review.keepVersion({ asset: ref, expectedHead: parentId, maskSha256 });
  };

  /** What the reviewer's own draft in the store holds makes room, where it is another one. */
  const makeRoom = async (ref: AssetRef, reviewer: string, maskRle: Uint8Array): Promise<void> => {
    const there = await store.drafts.get(ref, reviewer);
    if (there !== null && digestOfRle(there.maskRle) !== digestOfRle(maskRle)) await keepRle(ref, there.maskRle, there.baseRevisionId);
  };

  const assertSeen = (now: Asset, seenHead: RevisionId | null): void => {
    if (now.headRevisionId !== seenHead) throw new ExpectedError('stale_revision', `The mask of ${now.id} has changed once more: look at both again.`);
  };

  const asDraft = async (ref: AssetRef, reviewer: string, maskRle: Uint8Array, from: Pick<ShelvedDraft, 'prompts' | 'mattes'>, now: Asset): Promise<void> => {
    const { widthPx, heightPx } = now;
    if (widthPx === null || heightPx === null) throw new ExpectedError('not_found', `The size of ${now.id} is not known yet.`);
    await makeRoom(ref, reviewer, maskRle);
    await store.drafts.put({ asset: ref, reviewer, baseRevisionId: now.headRevisionId, widthPx, heightPx, maskRle, prompts: from.prompts, mattes: from.mattes });
  };

  /** The mask that the person saw and judged as it was. */
  const judgedSha256 = async ({ expectedHead }: ShelvedVerdict) => (expectedHead === null ? null : ((await store.revisions.get(expectedHead))?.maskSha256 ?? null));

  const settleVerdict = async (entry: ShelvedVerdict, choice: WaitingChoice, now: Asset): Promise<void> => {
    const ref = { kind: now.kind, id: now.id };
    if (choice === 'mine') {
      await recordWaiting(review, entry, { expectedHead: now.headRevisionId, maskSha256: entry.expectedHead === now.headRevisionId ? null : await judgedSha256(entry) });
      return;
    }
    if (choice === 'theirs') {
      if (entry.painted !== null) await keepBeside(entry.painted);
      return;
    }
    const painted = await draftOfVerdict(entry, { codec, pending });
    const seen = painted !== null || entry.expectedHead === null ? null : await store.revisions.get(entry.expectedHead);
    const rle = painted ?? (seen === null ? null : encodeRle(await readRevisionMask(seen, pending.blobs, codec)));
    if (rle === null) throw new ExpectedError('no_mask', `There was no mask of ${now.id} when you judged it.`);
    await asDraft(ref, entry.reviewer, rle, { prompts: entry.painted?.prompts ?? null, mattes: null }, now);
  };

  const settleDraft = async (entry: ShelvedDraft, choice: WaitingChoice): Promise<void> => {
    const mine = rleOf(entry);
    if (choice === 'theirs') {
      if (mine !== null) await keepRle(entry.asset, mine, entry.baseRevisionId);
      return;
    }
    const there = await store.drafts.get(entry.asset, entry.reviewer);
    if (there !== null && !isSeenDraft(entry, there.maskRle)) await keepRle(entry.asset, there.maskRle, there.baseRevisionId);
    await putDraft(entry);
  };

  return async (id: string, choice: WaitingChoice, seenHead: RevisionId | null): Promise<Asset> => {
    const entry = findEntry(shelf, id);
    await pending.flush();
    const ref = entry.kind === 'verdict' ? { kind: entry.before.kind, id: entry.before.id } : entry.asset;
    const now = await assetOrThrow(store, ref);
    const isRecorded = entry.kind === 'verdict' && (await store.review.get(entry.id)) !== null;
    if (!isRecorded) {
      assertSeen(now, seenHead);
      if (entry.kind === 'verdict') await settleVerdict(entry, choice, now);
      else await settleDraft(entry, choice);
    }
    await shelf.remove(entry);
    events.assetsChanged([ref]);
    return assetOrThrow(store, ref);
  };
};
