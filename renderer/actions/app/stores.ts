import type { StoreChoice } from '../../../shared/contracts/host/stores.ts';
import { openStore as askHost } from '../../bridge/host.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import { loadRecentStores } from '../../stores/recentStores.ts';
import type { Action } from '../action.ts';

const open = async (choice: StoreChoice): Promise<void> => {
  const outcome = await askHost(choice);
  if (outcome.kind === 'refused') notify({ level: 'warning', message: outcome.message, topic: 'store' });
};

/** Another store in this window: what is pending is saved first, then the window shows the other one. */
export const openChosenStore = (choice: StoreChoice): void => inBackground(open(choice), 'store');

const storeAction = (id: string, label: string, keys: readonly string[], choice: StoreChoice): Action => ({ id, label, group: 'App', keys, run: () => openChosenStore(choice) });

export const openStore = storeAction('store.open', 'Open a store…', ['Ctrl+O'], { kind: 'dialog' });
export const newStore = storeAction('store.new', 'New store…', [], { kind: 'new' });
export const openDemo = storeAction('store.demo', 'Open the demo store', [], { kind: 'demo' });

export const recentStores: Action = {
  id: 'stores',
  label: 'Open recent…',
  group: 'App',
  keys: ['Ctrl+E'],
  run: () => {
    inBackground(loadRecentStores());
    toggleOverlay('stores');
  },
};

export const welcome: Action = {
  id: 'welcome',
  label: 'Welcome',
  group: 'App',
  keys: [],
  run: () => {
    inBackground(loadRecentStores());
    toggleOverlay('welcome');
  },
};
