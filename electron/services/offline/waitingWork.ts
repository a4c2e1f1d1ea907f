import type { SendOutcome, WaitingItem, WaitingSide, WaitingSides } from '../../../shared/contracts/rpc/offline.ts';
import { assetKey, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { VerdictId } from '../../../shared/domain/ids.ts';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { AppEvents } from '../appEvents.ts';
import { assetOrThrow } from '../assetOrThrow.ts';
import type { PixelService, ReviewService } from '../services.ts';
import { rleOf } from './offlineDrafts.ts';
import type { PendingBlobs } from './pendingBlobs.ts';
import { awayPartOf, type Reachability } from './reachability.ts';
import type { Shelf, ShelvedDraft, ShelvedVerdict } from './shelf.ts';
import { standingOfDraft, standingOfVerdict, type Standing } from './standing.ts';

export interface WaitingWorkParts {
  readonly shelf: Shelf;
  readonly store: Store;
  /** Records in the store, never on the shelf. */
  readonly review: ReviewService;
  readonly pixels: Pick<PixelService, 'uploadMask'>;
  readonly pending: PendingBlobs;
  readonly reach: Reachability;
  readonly codec: ImageCodec;
  readonly events: AppEvents;
  readonly reviewer: () => string;
}

type Entry = ShelvedVerdict | ShelvedDraft;

export const assetOfEntry = (entry: Entry): AssetRef => (entry.kind === 'verdict' ? { kind: entry.before.kind, id: entry.before.id } : entry.asset);

export const entriesOf = (shelf: Shelf, reviewer: string): readonly Entry[] => [...shelf.verdicts(reviewer), ...shelf.drafts(reviewer)];

export const findEntry = (shelf: Shelf, id: string): Entry => {
  const entry = shelf.find(id);
  if (entry !== null) return entry;
  throw new ExpectedError('not_found', 'That is not waiting any more: it was sent, or taken back.');
};

/** Gives a verdict that waited to the store. @param on the head that it is about, and the verdict that the person has seen there */
export const recordWaiting = (
  review: ReviewService,
  entry: ShelvedVerdict,
  on: { readonly expectedHead: ShelvedVerdict['expectedHead']; readonly expectedVerdict?: VerdictId | null; readonly maskSha256?: NonNullable<ShelvedVerdict['painted']>['maskSha256'] | null },
): Promise<{ readonly asset: Asset }> => {
  const { id, painted, reviewer, verdict, reason, note, before } = entry;
  const asset = { kind: before.kind, id: before.id };
  const decided = { verdictId: id, revisionId: painted?.revisionId ?? (id as string as NonNullable<typeof painted>['revisionId']), reviewer, ...(on.expectedVerdict === undefined ? {} : { expectedVerdict: on.expectedVerdict }) };
  const { expectedHead } = on;
  switch (verdict) {
    case 'approve': {
      const maskSha256 = painted?.maskSha256 ?? on.maskSha256 ?? null;
      return review.approve({ asset, expectedHead, maskSha256, matteSha256: painted?.matteSha256 ?? null, prompts: painted?.prompts ?? null }, undefined, decided);
    }
    case 'reject':
      if (reason === null) throw new ExpectedError('invalid_input', 'A rejection has a reason.');
      return review.reject({ asset, expectedHead, reason, note }, undefined, decided);
    case 'reopen':
      return review.reopen({ asset, expectedHead }, decided);
  }
};

const itemOf = (entry: Entry, conflict: string | null): WaitingItem => ({
  id: entry.id,
  kind: entry.kind === 'draft' ? 'draft' : entry.verdict,
  asset: assetOfEntry(entry),
  hasOwnMask: entry.kind === 'draft' ? entry.maskRle !== null : entry.painted !== null,
  reason: entry.kind === 'draft' ? null : entry.reason,
  madeAtMs: entry.madeAtMs,
  conflict,
});

/** What waits on the shelf: how it stands, what both sides of a conflict look like, and how it is sent. */
export const createWaitingWork = (parts: WaitingWorkParts) => {
  const { shelf, store, review, pixels, pending, reach, events, reviewer } = parts;

  const standingOf = (entry: Entry): Promise<Standing> => (entry.kind === 'verdict' ? standingOfVerdict(store, entry) : standingOfDraft(store, entry));

  const list = async (): Promise<readonly WaitingItem[]> => {
    const items: WaitingItem[] = [];
    const seen = new Set<string>();
    for (const entry of entriesOf(shelf, reviewer())) {
      const key = assetKey(assetOfEntry(entry));
      // Behind another verdict of the same asset it stands as that one does.
      const isFirst = entry.kind === 'draft' || !seen.has(key);
      if (entry.kind === 'verdict') seen.add(key);
      items.push(itemOf(entry, isFirst && reach.reach.kind === 'online' ? await conflictOf(entry) : null));
    }
    return items;
  };

  const conflictOf = async (entry: Entry): Promise<string | null> => {
    try {
      const standing = await standingOf(entry);
      return standing.kind === 'conflict' ? standing.sentence : null;
    } catch (error) {
      if (awayPartOf(error) === null) throw error;
      return null;
    }
  };

  const sendVerdict = async (entry: ShelvedVerdict): Promise<string | null> => {
    const standing = await standingOfVerdict(store, entry);
    if (standing.kind === 'conflict') return standing.sentence;
    if (standing.kind === 'fits') {
      // An edit that ended where it began carries its head's own mask: the draft of it is settled by that.
      const head = entry.endsDraft && entry.painted === null && entry.expectedHead !== null ? await store.revisions.get(entry.expectedHead) : null;
      await recordWaiting(review, entry, { expectedHead: entry.expectedHead, expectedVerdict: standing.latestVerdict, maskSha256: head?.maskSha256 ?? null });
    }
    await shelf.remove(entry);
    return null;
  };

  const sendDraft = async (entry: ShelvedDraft): Promise<string | null> => {
    const standing = await standingOfDraft(store, entry);
    if (standing.kind === 'conflict') return standing.sentence;
    await putDraft(entry);
    await shelf.remove(entry);
    return null;
  };

  const putDraft = async (entry: ShelvedDraft, baseRevisionId = entry.baseRevisionId): Promise<void> => {
    const { asset, reviewer: whose, widthPx, heightPx, prompts, mattes } = entry;
    const maskRle = rleOf(entry);
    if (maskRle === null) await store.drafts.remove(asset, whose);
    else await store.drafts.put({ asset, reviewer: whose, baseRevisionId, widthPx, heightPx, maskRle, prompts, mattes });
  };

  const sendOne = async (entry: Entry): Promise<SendOutcome> => {
    const asset = assetOfEntry(entry);
    try {
      const conflict = entry.kind === 'verdict' ? await sendVerdict(entry) : await sendDraft(entry);
      return { id: entry.id, asset, outcome: conflict === null ? 'sent' : 'conflict', message: conflict };
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return { id: entry.id, asset, outcome: isExpected(error, 'stale_revision') ? 'conflict' : 'failed', message: error.message };
    }
  };

  const send = async (ids: readonly string[] | null): Promise<readonly SendOutcome[]> => {
    const wanted = entriesOf(shelf, reviewer()).filter(({ id }) => ids === null || ids.includes(id));
    if (wanted.length === 0) return [];
    await pending.flush();
    const outcomes: SendOutcome[] = [];
    const stopped = new Map<string, string | null>();
    for (const entry of wanted) {
      const key = assetKey(assetOfEntry(entry));
      const before = stopped.get(key);
      const outcome: SendOutcome = before === undefined ? await sendOne(entry) : { id: entry.id, asset: assetOfEntry(entry), outcome: 'conflict', message: before };
      if (outcome.outcome !== 'sent') stopped.set(key, outcome.message);
      outcomes.push(outcome);
    }
    const sent = outcomes.filter(({ outcome }) => outcome === 'sent').map(({ asset }) => asset);
    if (sent.length > 0) events.assetsChanged(sent);
    return outcomes;
  };

  const storedSide = async (asset: AssetRef, rle: Uint8Array | null): Promise<WaitingSide> =>
    rle === null ? { kind: 'none' } : { kind: 'stored', maskSha256: (await pixels.uploadMask(asset, rle)).maskSha256 };

  const sides = async (id: string): Promise<WaitingSides> => {
    const entry = findEntry(shelf, id);
    const asset = await assetOrThrow(store, assetOfEntry(entry));
    const conflict = await conflictOf(entry);
    const head: WaitingSide = asset.headRevisionId === null ? { kind: 'none' } : { kind: 'revision', revisionId: asset.headRevisionId };
    if (entry.kind === 'verdict') {
      const { painted, expectedHead } = entry;
      const mine: WaitingSide = painted !== null ? { kind: 'stored', maskSha256: painted.maskSha256 } : expectedHead === null ? { kind: 'none' } : { kind: 'revision', revisionId: expectedHead };
      return { asset, mine, theirs: head, conflict, seenHead: asset.headRevisionId };
    }
    const there = await store.drafts.get(entry.asset, entry.reviewer);
    const mine = await storedSide(entry.asset, rleOf(entry));
    const theirs = there === null || conflict === null ? head : await storedSide(entry.asset, there.maskRle);
    return { asset, mine, theirs, conflict, seenHead: asset.headRevisionId };
  };

  return { list, send, sides, putDraft };
};
export type WaitingWork = ReturnType<typeof createWaitingWork>;
