import { notify } from '../../stores/notices.ts';
import type { Action } from '../action.ts';
import { activeEditor } from '../desk/editors.ts';
import { undoEarlierVerdict, undoLatestStep } from '../review/undoVerdict.ts';
import { undoStrokeElsewhere } from '../review/undoStroke.ts';
import { forgetStrokes, latestDone } from '../review/undoSteps.ts';

/** The last thing done: right after a verdict that verdict, else the last stroke of this item, else what came before it, wherever that was. */
export const undo: Action = {
  id: 'undo',
  label: 'Undo stroke or verdict',
  group: 'Tools',
  keys: ['Ctrl+Z'],
  run: () => {
    for (let latest = latestDone(); ; latest = latestDone()) {
      if (latest?.kind === 'step') return void undoLatestStep();
      // Steps of an earlier visit to this item count as well.
      if (activeEditor().undo()) return;
      if (latest === null) break;
      if (latest.assetKey !== activeEditor().assetKey) return undoStrokeElsewhere(latest.assetKey);
      forgetStrokes(latest.assetKey);
    }
    if (undoEarlierVerdict()) return;
    notify({ level: 'info', message: 'There is nothing to undo.', topic: 'verdict', lifeMs: 2500 });
  },
};
