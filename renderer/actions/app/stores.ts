import type { StoreChoice } from '../../../shared/contracts/host/stores.ts';
import { openStore as askHost } from '../../bridge/host.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { openOverlay, toggleOverlay } from '../../stores/overlay.ts';
import { loadRecentStores } from '../../stores/recentStores.ts';
import { loadTeamForm } from '../../stores/teamForm.ts';
import type { Action } from '../action.ts';

const open = async (choice: StoreChoice): Promise<void> => {
  const outcome = await askHost(choice);
  if (outcome.kind === 'needsSecrets') return showTeamForm(outcome.storeId);
  if (outcome.kind === 'refused') notify({ level: 'warning', message: outcome.message, topic: 'store' });
};

/** Another store in this window: what is pending is saved first, then the window shows the other one. */
export const openChosenStore = (choice: StoreChoice): void => inBackground(open(choice), 'store');

const storeAction = (id: string, label: string, keys: readonly string[], choice: StoreChoice): Action => ({ id, label, group: 'App', keys, run: () => openChosenStore(choice) });

export const openStore = storeAction('store.open', 'Open a store…', ['Ctrl+O'], { kind: 'dialog' });
export const newStore = storeAction('store.new', 'New store…', [], { kind: 'new' });
export const openDemo = storeAction('store.demo', 'Open the demo store', [], { kind: 'demo' });

/** The dialog for a team's store, filled with what is known of it. */
const showTeamForm = async (storeId: string | null): Promise<void> => {
  await loadTeamForm(storeId);
  openOverlay('teamStore');
};

export const connectTeamStore: Action = { id: 'store.team', label: 'Connect to a team store…', group: 'App', keys: [], run: () => inBackground(showTeamForm(null), 'store') };
export const openConfigFile = storeAction('store.configFile', 'Open a maskdesk.toml…', [], { kind: 'configFile' });
/** A connection that is remembered, to look at or to change. */
export const editTeamStore = (storeId: string): void => inBackground(showTeamForm(storeId), 'store');

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
