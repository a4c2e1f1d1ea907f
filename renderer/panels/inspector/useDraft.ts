import { useStore } from 'zustand';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import { editorOf } from '../../actions/desk/editors.ts';
import { useDraftArea } from '../../stores/draftArea.ts';
import { sideOfKind } from '../../stores/panes.ts';

/** Whether the mask on the desk is an edit that nobody has saved. */
export const useIsEdited = (asset: Asset): boolean => useStore(editorOf(sideOfKind[asset.kind]).status, (editor) => editor.isDirty && editor.assetKey === assetKey(asset));

/** Of the photo, 0..1, as the edit has it now; null: it is being counted. */
export const useDraftShare = (asset: Asset): number | null => {
  const side = sideOfKind[asset.kind];
  const areaPx = useDraftArea((state) => state[side]);
  const photoPx = useStore(editorOf(side).status, ({ widthPx, heightPx }) => widthPx * heightPx);
  return areaPx === null || photoPx === 0 ? null : areaPx / photoPx;
};
