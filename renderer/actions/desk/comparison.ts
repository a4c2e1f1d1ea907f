import { core } from '../../bridge/core.ts';
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import { replayVerdicts, standingApproval } from '../../../shared/domain/reviewState.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import type { DifferenceBase } from '../../stores/view.ts';

export interface Comparison {
  readonly revision: Revision;
  /** Whether it is the approved one or stands in for it. */
  readonly kind: DifferenceBase;
}

/** What a model gave last before people went on from it: the head's nearest forebear by a model, else the newest of a model at all. */
const modelRevisionOf = (revisions: readonly Revision[], seenHead: RevisionId | null): Revision | null => {
  const byId = new Map(revisions.map((revision) => [revision.revisionId, revision]));
  for (let at = seenHead === null ? undefined : byId.get(seenHead); at !== undefined; at = at.parentId === null ? undefined : byId.get(at.parentId)) if (at.origin === 'model') return at;
  return revisions.filter(({ origin }) => origin === 'model').sort((a, b) => b.createdAtMs - a.createdAtMs)[0] ?? null;
};

/** Null: no model has made a mask of it. */
export const modelRevision = async (asset: AssetRef, seenHead: RevisionId | null): Promise<Revision | null> => {
  const { revisions } = await core().review.history({ asset: { kind: asset.kind, id: asset.id } });
  return modelRevisionOf(revisions, seenHead);
};

/**
 * What the mask on screen is compared with; null where there is nothing before it.
 * @param seenHead the revision that is shown
 * @param isEdited whether somebody has painted on it: then the revision itself comes before what is shown
 */
export const comparisonOf = async (asset: Asset, seenHead: RevisionId | null, isEdited: boolean, wanted: DifferenceBase): Promise<Comparison | null> => {
  const { revisions, verdicts } = await core().review.history({ asset: { kind: asset.kind, id: asset.id } });
  const byId = new Map(revisions.map((revision) => [revision.revisionId, revision]));
  if (wanted === 'approved') {
    const approvedId = standingApproval(replayVerdicts(verdicts))?.revisionId ?? null;
    const approved = approvedId === null ? undefined : byId.get(approvedId);
    if (approved !== undefined) return { revision: approved, kind: 'approved' };
  }
  if (wanted === 'model') {
    const revision = modelRevisionOf(revisions, seenHead);
    return revision === null ? null : { revision, kind: 'model' };
  }
  const head = seenHead === null ? undefined : byId.get(seenHead);
  if (head === undefined) return null;
  if (isEdited) return { revision: head, kind: 'previous' };
  const parent = head.parentId === null ? undefined : byId.get(head.parentId);
  // A candidate that became head has no parent of its own; the one made before it comes next in the list.
  const before = parent ?? revisions[revisions.indexOf(head) + 1];
  return before === undefined ? null : { revision: before, kind: 'previous' };
};
