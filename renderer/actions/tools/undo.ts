import { notify } from '../../stores/notices.ts';
import type { Action } from '../action.ts';
import { activeEditor } from '../desk/editors.ts';
import { undoEarlierVerdict, undoLatestStep } from '../review/undoVerdict.ts';
import { isStepLatest } from '../review/undoSteps.ts';

/** The last thing done: right after a verdict that verdict, else the last stroke of this item, else the verdict before it. */
export const undo: Action = {
  id: 'undo',
  label: 'Undo stroke or verdict',
  group: 'Tools',
  keys: ['Ctrl+Z'],
  run: () => {
    if (isStepLatest() && undoLatestStep()) return;
    if (activeEditor().undo() || undoLatestStep() || undoEarlierVerdict()) return;
    notify({ level: 'info', message: 'There is nothing to undo.', topic: 'verdict', lifeMs: 2500 });
  },
};
