import { create } from 'zustand';
import { sameAsset, type AssetRef } from '../../shared/domain/asset.ts';
import type { RevisionId } from '../../shared/domain/ids.ts';
import { publishedRevision } from '../../shared/domain/publication.ts';
import type { Revision } from '../../shared/domain/revision.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { core } from '../bridge/core.ts';

interface HistoryState {
  readonly asset: AssetRef | null;
  /** Newest first. */
  readonly revisions: readonly Revision[];
  /** Oldest first. */
  readonly verdicts: readonly Verdict[];
  /** Whose mask the pipeline has; null: none. */
  readonly published: RevisionId | null;
}

const nothing = { revisions: [], verdicts: [], published: null } as const;

/** Revisions and verdicts of the item in hand. */
export const useHistory = create<HistoryState>(() => ({ asset: null, ...nothing }));

export const loadHistory = async (asset: AssetRef | null): Promise<void> => {
  const shown = useHistory.getState().asset;
  if (asset === null) return useHistory.setState({ asset: null, ...nothing });
  if (shown === null || !sameAsset(shown, asset)) useHistory.setState({ asset, ...nothing });
  const { revisions, verdicts, publications } = await core().review.history({ asset: { kind: asset.kind, id: asset.id } });
  const wanted = useHistory.getState().asset;
  if (wanted !== null && sameAsset(wanted, asset)) useHistory.setState({ asset, revisions, verdicts, published: publishedRevision(publications) });
};
