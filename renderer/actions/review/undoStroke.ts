import { refOfKey } from '../../../shared/domain/asset.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { activate, sideOfKind } from '../../stores/panes.ts';
import { editorOf } from '../desk/editors.ts';
import { openRef } from '../desk/openItem.ts';
import { forgetStrokes } from './undoSteps.ts';

const goAndUndo = async (key: string): Promise<void> => {
  const asset = refOfKey(key);
  const side = sideOfKind[asset.kind];
  const editor = editorOf(side);
  if (editor.assetKey === key) activate(side);
  else await openRef(asset);
  if (editor.assetKey === key && editor.undo()) {
    notify({ level: 'info', topic: 'verdict', message: `Step on ${asset.id} taken back` });
    return;
  }
  forgetStrokes(key);
  notify({ level: 'info', topic: 'verdict', message: `The steps on ${asset.id} can’t be taken back one by one any more.` });
};

/** The last thing done was painted on another item: goes there, so that it is seen what is taken back. */
export const undoStrokeElsewhere = (key: string): void => inBackground(goAndUndo(key), 'undo');
