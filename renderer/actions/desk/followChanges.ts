import type { AssetContext } from '../../../shared/contracts/rpc/queue.ts';
import { sameAsset, type AssetRef } from '../../../shared/domain/asset.ts';
import { loadHistory } from '../../stores/history.ts';
import { inBackground } from '../../stores/notices.ts';
import { activeAsset, otherSide, pane, setPane, sideOfKind, usePanes, type Side } from '../../stores/panes.ts';
import { assetAt, indexInQueue, refreshQueue } from '../../stores/queue.ts';
import { takeUpQueue } from '../../stores/queuePlace.ts';
import { selectItem, useSelection } from '../../stores/selection.ts';
import { lookForResult } from '../review/modelResults.ts';
import { offerStaleChoices } from '../review/staleHead.ts';
import { forgetContexts, freshContextOf } from './contexts.ts';
import { editorOf } from './editors.ts';
import { isGone, takeOffDesk } from './goneItems.ts';
import { showInPane } from './loadPane.ts';
import { open, openNear, openRef } from './openItem.ts';

/** Background work changes many items in a second; the list is read again once for all of them. */
const restMs = 200;

let timer: ReturnType<typeof setTimeout> | null = null;
let changed: AssetRef[] = [];
let anything = false;

const contextIfThere = async (asset: AssetRef): Promise<AssetContext | null> => {
  try {
    return await freshContextOf(asset);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
};

/** Brings a pane up to date with its asset. A mask that the person is editing stays; they are told when somebody replaced its base. What is not in the store any more goes. */
const followPane = async (side: Side): Promise<void> => {
  const { asset, status } = pane(side);
  if (asset === null || status === 'loading') return;
  const context = await contextIfThere(asset);
  if (context === null) return takeOffDesk([asset]);
  const { asset: now, siblings, pairs } = context;
  const shown = pane(side);
  if (shown.asset === null || !sameAsset(shown.asset, now)) return;
  const editor = editorOf(side);
  if (now.headRevisionId === shown.seenHead && shown.status === 'ready') return setPane(side, { asset: now, siblings, pairs });
  if (!editor.isDirty) return showInPane(side, now, siblings);
  if (shown.asset.headRevisionId !== now.headRevisionId) await offerStaleChoices(now, true, false);
  setPane(side, { asset: now, siblings, pairs });
};

const isShown = (side: Side, assets: readonly AssetRef[]): boolean => {
  const { asset } = pane(side);
  return asset !== null && assets.some((other) => sameAsset(other, asset));
};

/** The strip shows the states and masks of the others as well. */
const isInStrip = (side: Side, assets: readonly AssetRef[]): boolean => pane(side).siblings.some((sibling) => assets.some((other) => sameAsset(other, sibling)));

/** Pictures to compare with may have come since the item was opened. */
const fillEmptySide = async (): Promise<void> => {
  const { item } = useSelection.getState();
  if (item === null) return;
  const side = otherSide(sideOfKind[item.kind]);
  if (pane(side).status !== 'empty') return;
  const counterpart = (await contextIfThere(item))?.counterpart ?? null;
  const beside = counterpart === null ? null : await contextIfThere(counterpart);
  if (counterpart === null || beside === null) return;
  const { siblings, pairs } = beside;
  const selected = useSelection.getState().item;
  if (selected === null || !sameAsset(selected, item) || pane(side).status !== 'empty') return;
  const shown = showInPane(side, counterpart, siblings);
  setPane(side, { pairs });
  await shown;
};

const countShown = (): number => (['left', 'right'] as const).filter((side) => pane(side).asset !== null).length;

const follow = async (): Promise<void> => {
  timer = null;
  const assets = changed;
  const all = anything;
  changed = [];
  anything = false;
  forgetContexts(all ? undefined : assets);
  const { item } = useSelection.getState();
  const row = item === null ? -1 : indexInQueue(item);
  await refreshQueue();
  const wasShown = countShown();
  for (const side of ['left', 'right'] as const) if (all || isShown(side, assets) || isInStrip(side, assets)) await followPane(side);
  if (item !== null && useSelection.getState().item === null) await openNear(row);
  if (all || wasShown > countShown()) await fillEmptySide();
  const active = activeAsset();
  if (active !== null && (all || isShown(usePanes.getState().active, assets))) {
    await loadHistory(active);
    lookForResult(active);
  }
  openFirst();
};

/** Something for the eye as soon as there is anything. */
export const openFirst = (): void => {
  const first = assetAt(0);
  if (useSelection.getState().item === null && first !== null) open(first);
};

/** At each connection: the queue, and where the person left it on the desk. An item that is gone by now gives way to the first. */
export const startDesk = async (): Promise<void> => {
  await takeUpQueue((item) =>
    openRef(item).catch((error: unknown) => {
      if (!isGone(error)) throw error;
      selectItem(null);
    }),
  );
  openFirst();
};

/** What the core said has changed; an empty list: anything may have. */
export const noteChanges = (assets: readonly AssetRef[]): void => {
  if (assets.length === 0) anything = true;
  changed.push(...assets);
  timer ??= setTimeout(() => inBackground(follow(), 'follow'), restMs);
};
