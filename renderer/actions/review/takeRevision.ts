import { core } from '../../bridge/core.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import { assetKey, sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import { loadHistory } from '../../stores/history.ts';
import { inBackground } from '../../stores/notices.ts';
import { pane, sideOfKind } from '../../stores/panes.ts';
import { patchQueue } from '../../stores/queue.ts';
import { dropDraft } from '../desk/draftKeeper.ts';
import { editorOf } from '../desk/editors.ts';
import { showInPane } from '../desk/loadPane.ts';

const take = async (asset: Asset, revisionId: RevisionId): Promise<void> => {
  const side = sideOfKind[asset.kind];
  const ref = { kind: asset.kind, id: asset.id };
  const now = await core().review.moveHead({ asset: ref, revisionId, expectedHead: pane(side).seenHead });
  await dropDraft(side, asset);
  editorOf(side).forget(assetKey(asset));
  patchQueue(now);
  const shown = pane(side).asset;
  if (shown !== null && sameAsset(shown, asset)) await showInPane(side, { ...now, hasDraft: false }, pane(side).siblings);
  await loadHistory(asset);
};

/** Makes an older or waiting version of the mask the one to judge. The edit in hand, if any, gives way to it. */
export const takeRevision = (asset: Asset, revisionId: RevisionId): void => inBackground(take(asset, revisionId), 'take');
