import { assetKey, sameAsset } from '../../../../shared/domain/asset.ts';
import { useHistory } from '../../../stores/history.ts';
import { layeredRevision, noLayers, recipeSettings, useMaskLayers } from '../../../stores/maskLayers.ts';
import { inBackground } from '../../../stores/notices.ts';
import { activePane, usePanes } from '../../../stores/panes.ts';
import { activeEditor, bothEditors } from '../../desk/editors.ts';
import { findSettings, forgetWays } from './findSettings.ts';

/** The mask that the rows speak of already. */
let looked: string | null = null;

/** Whose parts are to be shown, and how they are joined in the mask on screen: a stored one that is the recipe's own needs no look. */
const follow = (): void => {
  const { asset, status, seenHead } = activePane();
  const history = useHistory.getState();
  const isKnown = asset !== null && history.asset !== null && sameAsset(asset, history.asset);
  const revision = isKnown ? layeredRevision(history.revisions, seenHead) : null;
  const now = useMaskLayers.getState();
  const isSame = now.revision?.revisionId === revision?.revisionId && (now.asset === null ? asset === null : asset !== null && sameAsset(now.asset, asset));
  if (!isSame) {
    forgetWays();
    looked = null;
    useMaskLayers.setState({ ...noLayers, asset: asset === null ? null : { kind: asset.kind, id: asset.id }, revision, settings: revision === null ? [] : recipeSettings(revision) });
  }
  const editor = activeEditor();
  if (revision === null || asset === null || status !== 'ready' || editor.assetKey !== assetKey(asset)) return;
  const mask = `${assetKey(asset)} ${seenHead ?? ''}`;
  if (looked === mask) return;
  looked = mask;
  if (seenHead !== revision.revisionId || editor.isDirty) inBackground(findSettings(), 'layers');
};

/** Called once. */
export const startFollowingLayers = (): void => {
  useHistory.subscribe(follow);
  usePanes.subscribe(follow);
  for (const editor of bothEditors) {
    /** Something can be done again: then a step forward may be one of ours. */
    let wentBack = false;
    editor.subscribe((change) => {
      if (change.kind === 'loaded') wentBack = false;
      if (change.kind !== 'committed' || editor !== activeEditor()) return;
      wentBack ||= change.direction === 'back';
      if (wentBack && !useMaskLayers.getState().isChanging) inBackground(findSettings(), 'layers');
    });
  }
};
