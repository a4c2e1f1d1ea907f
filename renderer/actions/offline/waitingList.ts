import { useOffline } from '../../stores/offline.ts';
import { openOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

const hasWaiting = (): boolean => useOffline.getState().items.length > 0;

export const waitingList: Action = {
  id: 'waitingList',
  label: 'Work that waits to be sent…',
  group: 'App',
  alsoCalled: ['Offline', 'Conflicts', 'Unsent'],
  keys: [],
  when: hasWaiting,
  whyNot: () => (hasWaiting() ? null : 'Everything is in the store.'),
  run: () => openOverlay('waiting'),
};

/** Until there is more of it, or the list is opened by its action. */
export const putWaitingAway = (): void => useOffline.setState({ isPutAway: true });
