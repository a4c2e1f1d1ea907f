import { assetKey } from '../../../shared/domain/asset.ts';
import { activePane, setPane, usePanes } from '../../stores/panes.ts';
import { inBackground } from '../../stores/notices.ts';
import type { Action } from '../action.ts';
import { dropDraft } from '../desk/draftKeeper.ts';
import { activeEditor } from '../desk/editors.ts';
import { maskRleOf } from '../desk/assetPixels.ts';

const discard = async (): Promise<void> => {
  const { asset, seenHead, photo } = activePane();
  const { active } = usePanes.getState();
  if (asset === null || photo === null) return;
  const size = { widthPx: photo.width, heightPx: photo.height };
  const rle = seenHead === null ? null : await maskRleOf(seenHead);
  await dropDraft(active, asset);
  const editor = activeEditor();
  editor.forget(assetKey(asset));
  editor.load({ ...(rle === null ? { blank: size } : { rle }), assetKey: assetKey(asset), revisionId: seenHead });
  setPane(active, { asset: { ...asset, hasDraft: false } });
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
