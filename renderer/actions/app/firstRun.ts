import { appInfo } from '../../stores/appInfo.ts';
import { dismissTopic, inBackground, notify } from '../../stores/notices.ts';
import { activePane, usePanes } from '../../stores/panes.ts';
import { useQueue } from '../../stores/queue.ts';
import { loadRecentStores } from '../../stores/recentStores.ts';
import { forgetEmptyStore, isStoreEmpty, noteEmptyStore, useWelcome } from '../../stores/welcome.ts';
import { fillDemo } from './importFolder.ts';
import { openChosenStore } from './stores.ts';

/** Survives the page's change to the demo's store. */
const wantsDemoKey = 'maskdesk.wantsDemo';

/** The demo in its own store: made there when it is not yet. */
export const tryDemo = (): void => {
  if (appInfo()?.isDemoFolder === true) return inBackground(fillDemo(), 'import');
  sessionStorage.setItem(wantsDemoKey, 'yes');
  openChosenStore({ kind: 'demo' });
};

const coach = (): void =>
  void notify({ level: 'info', message: 'Enter approves, Backspace rejects, B paints. The ? key shows the rest.', topic: 'coach', lifeMs: null, buttons: [{ label: 'Got it', run: () => undefined }] });

/** The first mask that a newcomer sees comes with a line about what to press. */
const coachOnce = (): void => {
  if (!useWelcome.getState().wasEmpty || activePane().seenHead === null || activePane().status !== 'ready') return;
  forgetEmptyStore();
  coach();
};

const lookAtStore = (): void => {
  const { totals } = useQueue.getState();
  // Whoever has given a verdict knows how.
  if (totals !== null && totals.approved + totals.rejected > 0) dismissTopic('coach');
  if (isStoreEmpty() !== true || useWelcome.getState().wasEmpty) return;
  noteEmptyStore();
  inBackground(loadRecentStores());
};

/** Follows a newcomer from an empty store to the first mask. Called once. */
export const startFirstRun = (): void => {
  useQueue.subscribe(lookAtStore);
  usePanes.subscribe(coachOnce);
};

/** After the store has said what it is: a demo that was asked for in another store is made here. */
export const goOnWithDemo = (): void => {
  if (sessionStorage.getItem(wantsDemoKey) === null) return;
  sessionStorage.removeItem(wantsDemoKey);
  const info = appInfo();
  if (info?.isDemoFolder === true && !info.isDemo) inBackground(fillDemo(), 'import');
};
