import { chooseAll, mostChosen } from '../../stores/bulkSelection.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { useQueue } from '../../stores/queue.ts';
import type { Action } from '../action.ts';
import { queueListId } from './listFocus.ts';

/** A choice that was larger than can be judged in one go. @param beyond items that were left out */
export const sayTooMany = (beyond: number): void => {
  if (beyond <= 0) return;
  notify({
    level: 'info',
    topic: 'choose',
    message: `The first ${mostChosen.toLocaleString()} are chosen; ${beyond.toLocaleString()} more are left for another go.`,
  });
};

export const chooseEverything: Action = {
  id: 'bulk.all',
  label: 'Choose every item in the queue',
  group: 'Chosen items',
  keys: ['Ctrl+A'],
  when: () => useOverlay.getState().open === null && useQueue.getState().total > 0,
  run: () => {
    document.getElementById(queueListId)?.focus();
    inBackground(chooseAll().then(sayTooMany), 'choose');
  },
};
