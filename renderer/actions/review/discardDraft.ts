import { assetKey, sameAsset, withDraftOf } from '../../../shared/domain/asset.ts';
import { appInfo } from '../../stores/appInfo.ts';
import { activePane, pane, setPane, usePanes } from '../../stores/panes.ts';
import { inBackground } from '../../stores/notices.ts';
import type { Action } from '../action.ts';
import { dropDraft } from '../desk/draftKeeper.ts';
import { activeEditor } from '../desk/editors.ts';
import { maskTilesOf } from '../desk/assetPixels.ts';
import { forgetStrokes } from './undoSteps.ts';

const discard = async (): Promise<void> => {
  const { asset, seenHead, photo } = activePane();
  const { active } = usePanes.getState();
  if (asset === null || photo === null) return;
  const size = { widthPx: photo.widthPx, heightPx: photo.heightPx };
  const editor = activeEditor();
  const tiles = seenHead === null ? null : await maskTilesOf(seenHead);
  await dropDraft(active, asset);
  editor.forget(assetKey(asset));
  forgetStrokes(assetKey(asset));
  // Somebody has gone on meanwhile: the next visit shows the mask as it is stored.
  const now = pane(active);
  if (editor.assetKey !== assetKey(asset) || now.asset === null || !sameAsset(now.asset, asset) || now.status !== 'ready') return;
  editor.load({ ...(tiles === null ? { blank: size } : { tiles }), assetKey: assetKey(asset), revisionId: seenHead });
  setPane(active, { asset: withDraftOf(asset, appInfo()?.reviewer ?? '', false) });
};

/** Back to the mask as it is stored; what was painted since is given up. */
export const discardDraft: Action = {
  id: 'draft.discard',
  label: 'Discard the edit',
  group: 'Tools',
  keys: [],
  when: () => activeEditor().isDirty,
  run: () => inBackground(discard()),
};
