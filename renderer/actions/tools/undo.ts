import { notify } from '../../stores/notices.ts';
import type { Action } from '../action.ts';
import { activeEditor } from '../desk/editors.ts';
import { undoLatestVerdict } from '../review/undoVerdict.ts';
import { isVerdictLatest } from '../review/verdictLog.ts';

/** The last thing done: right after a verdict that verdict, else the last stroke of this item, else the verdict before it. */
export const undo: Action = {
  id: 'undo',
  label: 'Undo stroke or verdict',
  group: 'Tools',
  keys: ['Ctrl+Z'],
  run: () => {
    if (isVerdictLatest() && undoLatestVerdict()) return;
    if (activeEditor().undo() || undoLatestVerdict()) return;
    notify({ level: 'info', message: 'There is nothing to undo.', topic: 'verdict', lifeMs: 2500 });
  },
};
