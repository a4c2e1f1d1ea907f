import { core } from '../../bridge/core.ts';
import { inBackground } from '../../stores/notices.ts';
import { isAway, useOffline } from '../../stores/offline.ts';
import type { Action } from '../action.ts';
import { noteReach } from './followReach.ts';

const look = async (): Promise<void> => {
  if (useOffline.getState().isLooking) return;
  useOffline.setState({ isLooking: true });
  try {
    noteReach(await core().offline.retry());
  } finally {
    useOffline.setState({ isLooking: false });
  }
};

export const retryStore: Action = {
  id: 'retryStore',
  label: 'Look for the store now',
  group: 'App',
  alsoCalled: ['Reconnect', 'Retry', 'Offline'],
  keys: [],
  when: isAway,
  whyNot: () => (isAway() ? null : 'The store is there.'),
  run: () => inBackground(look(), 'away'),
};
