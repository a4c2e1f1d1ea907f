import { startDecoders } from '../bridge/decoders.ts';
import { connectToCore, core } from '../bridge/core.ts';
import { isCancelled, isExpected } from '../../shared/errors/errors.ts';
import type { HostState } from '../../shared/contracts/host/messages.ts';
import { noteFromCore } from '../actions/app/coreNotices.ts';
import { goOnWithDemo, startFirstRun } from '../actions/app/firstRun.ts';
import { noteSegmentation } from '../actions/app/segmentationNotices.ts';
import { readChecksAgain, startFollowingChecks } from '../actions/checks/followChecks.ts';
import { holdForEditing } from '../actions/desk/leases.ts';
import { holdAgain, startHoldingItems } from '../actions/desk/holdItems.ts';
import { startLockingPanes } from '../actions/desk/lockPanes.ts';
import { hasUnapproved, keepUnwritten, startDraftKeeper } from '../actions/desk/draftKeeper.ts';
import { noteChanges, startDesk } from '../actions/desk/followChanges.ts';
import { startFollowingAreas } from '../actions/desk/followAreas.ts';
import { startFollowingLayers } from '../actions/tools/layers/followLayers.ts';
import { startAdvanceMarks } from '../actions/desk/advanceMarks.ts';
import { loadToolSettings } from '../actions/desk/keepToolSettings.ts';
import { startLinkingViews } from '../actions/desk/linkViews.ts';
import { startFollowingPrompts } from '../actions/prompts/followPrompts.ts';
import { startCandidates } from '../actions/review/chooseMask.ts';
import { tellLost } from '../actions/review/takeOver.ts';
import { loadEarlierVerdict } from '../actions/review/undoVerdict.ts';
import { noteStroke } from '../actions/review/undoSteps.ts';
import { closeWhenSaved } from '../actions/app/closing.ts';
import { actions } from '../actions/index.ts';
import { followMenu } from '../actions/menu/followMenu.ts';
import { listenToKeys } from '../actions/keyboard.ts';
import { noteChangesOfWaiting, noteReach } from '../actions/offline/followReach.ts';
import { loadAppInfo } from '../stores/appInfo.ts';
import { setHostState } from '../stores/connection.ts';
import { loadReach, loadWaiting } from '../stores/offline.ts';
import { loadKeymap } from '../stores/keymap.ts';
import { loadDeskLayout } from '../stores/deskLayout.ts';
import { loadView } from '../stores/view.ts';
import { loadLeases } from '../stores/leases.ts';
import { loadFoldedSections } from '../stores/foldedSections.ts';
import { loadLayout } from '../stores/layout.ts';
import { loadModels } from '../stores/models.ts';
import { inBackground, reportFailure } from '../stores/notices.ts';
import { activeAsset } from '../stores/panes.ts';
import { loadPreferences } from '../stores/preferences.ts';
import { loadSettings } from '../stores/settings.ts';
import { loadSavedFilters } from '../stores/savedFilters.ts';

/** A stream that ends with its connection is opened again by the next one; anything else is said. */
const endOfStream = (error: unknown): void => {
  if (!isCancelled(error) && !isExpected(error, 'offline')) reportFailure(error, 'stream');
};

const watchEvents = async (): Promise<void> => {
  for await (const event of await core().app.events()) {
    if (event.kind === 'assetsChanged') {
      noteChanges(event.assets);
      noteChangesOfWaiting(event.assets);
    } else if (event.kind === 'leasesChanged') inBackground(loadLeases(), 'leases');
    else if (event.kind === 'reach') noteReach(event.reach);
    else if (event.kind === 'waitingChanged') inBackground(loadWaiting(), 'waiting');
    else noteFromCore(event.level, event.message, event.code);
  }
};

const watchSegmentation = async (): Promise<void> => {
  for await (const status of await core().segmentation.watch()) noteSegmentation(status);
};

const onConnected = (): void => {
  // First, since the core answers one after the other; what masks are drawn with comes right behind.
  inBackground(startDesk(), 'start');
  watchEvents().catch(endOfStream);
  watchSegmentation().catch(endOfStream);
  inBackground(keepUnwritten(), 'draft');
  inBackground(loadAppInfo().then(goOnWithDemo), 'start');
  inBackground(loadPreferences(), 'start');
  inBackground(loadView(), 'start');
  inBackground(loadToolSettings(), 'start');
  inBackground(loadDeskLayout(), 'start');
  inBackground(loadKeymap(), 'start');
  inBackground(loadLayout(), 'start');
  inBackground(loadFoldedSections(), 'start');
  inBackground(loadReach(), 'start');
  inBackground(loadWaiting(), 'waiting');
  inBackground(loadModels(), 'start');
  inBackground(loadSettings(), 'start');
  inBackground(holdAgain(), 'leases');
  readChecksAgain();
  inBackground(loadEarlierVerdict(), 'start');
  inBackground(loadSavedFilters(), 'start');
};

const onState = (state: HostState): void => {
  if (state.kind === 'closing') inBackground(closeWhenSaved(), 'closing');
  else setHostState(state);
};

/** Called once by main.tsx: connects, listens, and keeps drafts. */
export const startSession = (): void => {
  startDecoders();
  startDraftKeeper((key, direction) => {
    noteStroke(key, direction);
    const asset = activeAsset();
    if (asset !== null) holdForEditing(asset);
  });
  startHoldingItems((lease) => tellLost(lease, hasUnapproved(lease.asset)));
  startLockingPanes();
  startFollowingLayers();
  startFollowingAreas();
  startLinkingViews();
  startFollowingChecks();
  startAdvanceMarks();
  startFirstRun();
  startCandidates();
  startFollowingPrompts();
  listenToKeys(actions);
  followMenu(actions);
  connectToCore({ onConnected, onState });
};
