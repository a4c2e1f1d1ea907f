import { sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import { core } from '../../bridge/core.ts';
import { useCompare } from '../../stores/compare.ts';
import { loadHistory, useHistory } from '../../stores/history.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { activePane } from '../../stores/panes.ts';
import { refreshQueue, useQueue } from '../../stores/queue.ts';
import type { Action } from '../action.ts';
import { takeNeighbourAround } from '../desk/advance.ts';
import { openItem, openRef } from '../desk/openItem.ts';
import { compareWith, leaveComparison } from './compareVersions.ts';
import { canJudge } from './giveVerdict.ts';
import { takeRevision } from './takeRevision.ts';
import { logStep } from './undoSteps.ts';
import { undoThisStep } from './undoVerdict.ts';

/** Of the item in hand: masks of imports that wait beside a person's work, newest first. */
export const waitingHere = ({ asset, revisions }: Pick<ReturnType<typeof useHistory.getState>, 'asset' | 'revisions'>, shown: AssetRef | null): readonly Revision[] =>
  asset === null || shown === null || !sameAsset(asset, shown) ? [] : revisions.filter(({ beside }) => beside === 'waiting');

const newest = (): { readonly asset: Asset; readonly revision: Revision } | null => {
  const { asset } = activePane();
  const [revision] = waitingHere(useHistory.getState(), asset);
  return asset === null || revision === undefined ? null : { asset, revision };
};

const refOf = ({ kind, id }: AssetRef): AssetRef => ({ kind, id });

const waitAgain = async (asset: AssetRef, { revisionId }: Revision): Promise<void> => {
  await core().maskImports.waitAgain({ asset, revisionId });
  await refreshQueue();
  await openRef(asset);
  notify({ level: 'info', topic: 'verdict', message: `The imported mask of ${asset.id} waits again` });
};

const leave = async (asset: Asset, revision: Revision): Promise<void> => {
  const ref = refOf(asset);
  await core().maskImports.leave({ asset: ref, revisionId: revision.revisionId });
  const step = logStep(() => waitAgain(ref, revision));
  await loadHistory(asset);
  notify({ level: 'info', topic: 'verdict', message: `The imported mask of ${asset.id} is left: what stands stays`, lifeMs: 6000, buttons: [{ label: 'Undo', run: () => undoThisStep(step) }] });
  // Whoever goes through what waits is done with this one.
  if (!useQueue.getState().filter.importWaits || newest() !== null) return;
  const item = await takeNeighbourAround();
  if (item !== null) await openItem(item);
};

/** Decides against a mask that waits beside a person's work, as a step that can be undone. It stays among the versions. */
export const leaveRevision = (asset: Asset, revision: Revision): void => inBackground(leave(asset, revision), 'take');

/** On the desk, and where it is compared: what is decided by is not left first. */
const when = (): boolean => (useOverlay.getState().open === null ? canJudge() && newest() !== null : isComparingNewest());

/** The mask that waits is one of the two that are compared. */
export const isComparingNewest = (): boolean => {
  const { asset, pair } = useCompare.getState();
  const found = newest();
  if (useOverlay.getState().open !== 'compare' || asset === null || pair === null || found === null) return false;
  return sameAsset(asset, found.asset) && [pair.a, pair.b].includes(found.revision.revisionId);
};

const withNewest = (run: (asset: Asset, revision: Revision) => void) => (): void => {
  const found = newest();
  if (found === null) return;
  if (useOverlay.getState().open === 'compare') leaveComparison();
  run(found.asset, found.revision);
};

export const takeImported: Action = {
  id: 'imported.take',
  label: 'Take the imported mask that waits',
  group: 'Verdict',
  keys: ['Alt+T'],
  when,
  run: withNewest((asset, { revisionId }) => takeRevision(asset, revisionId)),
};

export const leaveImported: Action = {
  id: 'imported.leave',
  label: 'Leave the imported mask that waits',
  group: 'Verdict',
  keys: ['Alt+X'],
  when,
  run: withNewest(leaveRevision),
};

export const compareImported: Action = {
  id: 'imported.compare',
  label: 'Compare the imported mask that waits',
  group: 'Verdict',
  keys: ['Alt+V'],
  when: () => useOverlay.getState().open === null && when() && activePane().asset?.headRevisionId != null,
  run: withNewest((asset, { revisionId }) => {
    if (asset.headRevisionId !== null) compareWith(asset, revisionId, asset.headRevisionId);
  }),
};

export const importWaitActions: readonly Action[] = [takeImported, leaveImported, compareImported];
