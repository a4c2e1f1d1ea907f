import { notify, reportFailure } from '../../stores/notices.ts';
import { useSelection } from '../../stores/selection.ts';
import type { Action } from '../action.ts';
import { neighbour, nextOpen, nothingLeft } from '../desk/advance.ts';
import { openItem } from '../desk/openItem.ts';

const goOn = async (): Promise<void> => {
  const { item } = useSelection.getState();
  const found = item === null ? await neighbour(1) : await nextOpen(item);
  if (found !== null) return openItem(found);
  notify({ level: 'info', message: nothingLeft('Every item in this list has a verdict.'), topic: 'last' });
};

export const nextUnreviewed: Action = {
  id: 'nextUnreviewed',
  label: 'Next item without a verdict',
  group: 'Moving on',
  keys: ['Shift+D'],
  run: () => void goOn().catch((error: unknown) => reportFailure(error, 'open')),
};
