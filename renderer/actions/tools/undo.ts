import { notify } from '../../stores/notices.ts';
import type { Action } from '../action.ts';
import { activeEditor } from '../desk/editors.ts';
import { mayReachBack, undoEarlierVerdict, undoLatestStep } from '../review/undoVerdict.ts';
import { undoStrokeElsewhere } from '../review/undoStroke.ts';
import { forgetStrokes, latestDone } from '../review/undoSteps.ts';

/** Asked at each change of the editor: nothing is looked up. What a tool has begun (vertices, anchors) shows as marks. */
export const canUndo = (): boolean => {
  const editor = activeEditor();
  return latestDone() !== null || editor.status.getState().canUndo || editor.isGestureRunning || editor.marks.length > 0 || mayReachBack();
};

/** The last thing done: right after a verdict that verdict, else the last step on this item, else what came before it, wherever that was. */
export const undo: Action = {
  id: 'undo',
  label: 'Undo step or verdict',
  group: 'Tools',
  alsoCalled: ['Step Backward'],
  keys: ['Ctrl+Z'],
  when: canUndo,
  whyNot: () => 'There is nothing to undo.',
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
