import { core } from '../../bridge/core.ts';
import type { WaitingChoice, WaitingItem, WaitingSide } from '../../../shared/contracts/rpc/offline.ts';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import { loadHistory } from '../../stores/history.ts';
import { dismissTopic, inBackground, notify } from '../../stores/notices.ts';
import { loadWaiting, useOffline } from '../../stores/offline.ts';
import { closeOverlay, openOverlay, useOverlay } from '../../stores/overlay.ts';
import { patchQueue, refreshQueueIfThere, restoreToQueue } from '../../stores/queue.ts';
import { sideOfKind } from '../../stores/panes.ts';
import type { MaskVersion } from '../../stores/compare.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { editorOf } from '../desk/editors.ts';
import { openItem } from '../desk/openItem.ts';
import { compareInOrder, leaveComparison } from '../review/compareVersions.ts';
import { forgetStrokes } from '../review/undoSteps.ts';
import { afterVerdicts } from '../review/verdictLog.ts';

const versionOf = (side: WaitingSide): MaskVersion | null => {
  if (side.kind === 'none') return null;
  return side.kind === 'revision' ? side.revisionId : `stored:${side.maskSha256}`;
};

const look = async (item: WaitingItem): Promise<void> => {
  dismissTopic('waiting');
  const sides = await core().offline.sides({ id: item.id });
  await openItem(sides.asset);
  const mine = versionOf(sides.mine);
  const theirs = versionOf(sides.theirs);
  const isSideBySide = mine !== null && theirs !== null && mine !== theirs;
  useOffline.setState({ shown: { id: item.id, asset: item.asset, kind: item.kind, sentence: sides.conflict, seenHead: sides.seenHead, isSideBySide } });
  await loadHistory(sides.asset);
  // Without two masks there is nothing to lay side by side: the item is on the desk, the bar over it asks.
  if (isSideBySide) compareInOrder(item.asset, theirs, mine);
  else if (useOverlay.getState().open === 'waiting') closeOverlay();
};

/** Theirs and one's own over the picture. */
export const lookAtWaiting = (item: WaitingItem): void => inBackground(look(item), 'waiting');

/** Those that nobody can send unseen first. */
export const lookAtNextConflict = (): void => {
  const { items } = useOffline.getState();
  const next = items.find(({ conflict }) => conflict !== null);
  if (next !== undefined) lookAtWaiting(next);
};

/** The item opens with what the store has now. */
const showAnew = async (asset: Asset): Promise<void> => {
  const editor = editorOf(sideOfKind[asset.kind]);
  editor.forget(assetKey(asset));
  forgetStrokes(assetKey(asset));
  forgetContexts();
  patchQueue(asset);
  restoreToQueue(asset);
  await refreshQueueIfThere();
  await openItem(asset);
};

const said: Readonly<Record<WaitingChoice, (id: string) => string>> = {
  mine: (id) => `Your work on ${id} stands. The other mask is kept as a version.`,
  theirs: (id) => `The other work on ${id} stands. Yours is kept as a version.`,
  edit: (id) => `Your mask of ${id} is the draft in the editor.`,
};

const settle = async (choice: WaitingChoice): Promise<void> => {
  const { shown } = useOffline.getState();
  if (shown === null) return;
  const asset = await afterVerdicts(() => core().offline.resolve({ id: shown.id, choice, seenHead: shown.seenHead }));
  useOffline.setState({ shown: null });
  leaveComparison();
  await loadWaiting();
  await showAnew(asset);
  notify({ level: 'info', topic: 'waiting', message: said[choice](asset.id), lifeMs: 8000 });
  if (useOffline.getState().items.length > 0) openOverlay('waiting');
};

export const settleShown = (choice: WaitingChoice): void => inBackground(settle(choice), 'waiting');

/** Nothing is decided: it goes on waiting. */
export const decideLater = (): void => {
  useOffline.setState({ shown: null });
  leaveComparison();
};

const takeBack = async (item: WaitingItem): Promise<void> => {
  const asset = await afterVerdicts(() => core().offline.takeBack({ id: item.id }));
  await loadWaiting();
  await showAnew(asset);
  notify({ level: 'info', topic: 'verdict', message: `Verdict on ${asset.id} taken back${item.hasOwnMask ? '. Your mask is the draft again' : ''}` });
};

export const takeBackWaiting = (item: WaitingItem): void => inBackground(takeBack(item), 'waiting');
