import { reportFailure } from '../../stores/notices.ts';
import { onTrail } from '../../stores/selection.ts';
import type { Action } from '../action.ts';
import { hasNeighbour, neighbour } from '../desk/advance.ts';
import { openItem, openOnTrail } from '../desk/openItem.ts';

/** Back to what was looked at before, judged or not, wherever the list has it by now; from the first one up the list. */
const goBack = async (): Promise<void> => {
  if (await openOnTrail(-1)) return;
  const item = await neighbour(-1);
  if (item !== null) await openItem(item);
};

export const previous: Action = {
  id: 'previous',
  label: 'Previous item',
  group: 'Moving on',
  keys: ['A', 'ArrowLeft'],
  when: () => onTrail(-1) !== null || hasNeighbour(-1),
  run: () => void goBack().catch((error: unknown) => reportFailure(error, 'open')),
};
