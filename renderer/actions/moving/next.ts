import { notify, reportFailure } from '../../stores/notices.ts';
import type { Action } from '../action.ts';
import { hasNeighbour, isBackOnTrail, takeNeighbour } from '../desk/advance.ts';
import { openItem, openOnTrail } from '../desk/openItem.ts';

/** The next in the list's order. From an item that was gone back to and is no longer listed: back to where the person came from. */
const goOn = async (): Promise<void> => {
  if (isBackOnTrail() && (await openOnTrail(1))) return;
  const item = await takeNeighbour();
  if (item !== null) return openItem(item);
  notify({ level: 'info', message: 'Everything further down this list is with somebody else.', topic: 'last' });
};

export const next: Action = {
  id: 'next',
  label: 'Next item',
  group: 'Moving on',
  keys: ['D', 'ArrowRight'],
  when: () => isBackOnTrail() || hasNeighbour(1),
  run: () => void goOn().catch((error: unknown) => reportFailure(error, 'open')),
};
