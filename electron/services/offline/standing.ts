import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import type { VerdictId } from '../../../shared/domain/ids.ts';
import { replayVerdicts } from '../../../shared/domain/reviewState.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { isSeenDraft } from './offlineDrafts.ts';
import type { ShelvedDraft, ShelvedVerdict } from './shelf.ts';

/** How one that waits stands against what the store says now. */
export type Standing =
  /** Nothing has happened to it since. */
  | { readonly kind: 'fits'; readonly latestVerdict: VerdictId | null }
  /** It was recorded already: only the answer was lost. */
  | { readonly kind: 'recorded' }
  | { readonly kind: 'conflict'; readonly sentence: string };

type Looked = Pick<Store, 'assets' | 'revisions' | 'review' | 'drafts'>;

const gone = ({ id }: AssetRef): Standing => ({ kind: 'conflict', sentence: `${id} is not in the store any more.` });

/** Whose mask is head now, or who judged it. */
const whatHappened = async (store: Looked, now: Asset, before: Asset, expectedHead: ShelvedVerdict['expectedHead']): Promise<string> => {
  if (now.headRevisionId === expectedHead) return now.reviewer === null ? `${now.id} was put back to review meanwhile.` : `${now.reviewer} ${now.state === 'approved' ? 'approved' : 'rejected'} ${now.id} meanwhile.`;
  const head = now.headRevisionId === null ? null : await store.revisions.get(now.headRevisionId);
  if (head === null) return `The mask of ${before.id} was taken away meanwhile.`;
  return now.state === 'approved' && now.reviewer !== null ? `${now.reviewer} approved another mask of ${now.id} meanwhile.` : `${head.author} changed the mask of ${now.id} meanwhile.`;
};

/** Not only the mask counts: a verdict that somebody gave about the same mask is nothing to be replaced unseen either. */
export const standingOfVerdict = async (store: Looked, { id, before, expectedHead }: ShelvedVerdict): Promise<Standing> => {
  if ((await store.review.get(id)) !== null) return { kind: 'recorded' };
  // Read before the asset: a verdict that comes in between makes the asset another one, or is refused by expectedVerdict.
  const verdicts = await store.review.verdictsOf(before);
  const now = await store.assets.get(before);
  if (now === null) return gone(before);
  const isAsSeen = now.headRevisionId === expectedHead && now.state === before.state && now.reviewer === before.reviewer;
  if (!isAsSeen) return { kind: 'conflict', sentence: await whatHappened(store, now, before, expectedHead) };
  return { kind: 'fits', latestVerdict: standingVerdict(verdicts) };
};

/** The verdict that stands, as domain/reviewState.ts has it: undos and what they took back aside. */
const standingVerdict = (verdicts: Awaited<ReturnType<Looked['review']['verdictsOf']>>): VerdictId | null => replayVerdicts(verdicts).latest?.verdictId ?? null;

export const standingOfDraft = async (store: Looked, entry: ShelvedDraft): Promise<Standing> => {
  if ((await store.assets.get(entry.asset)) === null) return gone(entry.asset);
  const there = await store.drafts.get(entry.asset, entry.reviewer);
  if (isSeenDraft(entry, there?.maskRle ?? null)) return { kind: 'fits', latestVerdict: null };
  return { kind: 'conflict', sentence: `You have painted ${entry.asset.id} on another machine as well.` };
};
