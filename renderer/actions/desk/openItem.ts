import { core } from '../../bridge/core.ts';
import { sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import { loadHistory } from '../../stores/history.ts';
import { inBackground, reportFailure } from '../../stores/notices.ts';
import { activate, otherSide, pane, setPane, sideOfKind, type Side } from '../../stores/panes.ts';
import { forgetOnTrail, selectItem, useSelection, walkTrail } from '../../stores/selection.ts';
import { assetAtRow, indexInQueue, refreshQueue, useQueue } from '../../stores/queue.ts';
import { isGone, takeOffDesk } from './goneItems.ts';
import { markAdvance } from './advanceMarks.ts';
import { keepNext } from './advance.ts';
import { contextOf, freshContextOf } from './contexts.ts';
import { emptyPaneOf, showInPane } from './loadPane.ts';
import { preloadAround, preloadItem, preloadSiblings } from './preload.ts';

/** What has no mask yet and is looked at is segmented first. */
const hurry = async (assets: readonly (Asset | null)[]): Promise<void> => {
  const waiting = assets.filter((asset) => asset !== null && asset.state === 'unsegmented');
  if (waiting.length === 0) return;
  await core().segmentation.prioritise({ assets: waiting.map((asset) => ({ kind: (asset as Asset).kind, id: (asset as Asset).id })) });
};

/** Shows an asset with its row and its matches. */
const showBeside = async (side: Side, asset: Asset): Promise<void> => {
  const { siblings, pairs } = await contextOf(asset);
  const shown = showInPane(side, asset, siblings);
  setPane(side, { pairs });
  await shown;
};

/** Who only passes by keeps nothing. */
const restMs = 400;

/** The item that the next key brings is this desk's and is read before the key comes. */
const prepareNext = async (item: Asset, isCurrent: () => boolean): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, restMs));
  if (!isCurrent()) return;
  const next = await keepNext(item);
  if (next !== null && isCurrent()) await preloadItem(next);
};

/** What it could be compared with may have gone since it was found: another is looked for, once. */
const showCounterpart = async (side: Side, counterpart: Asset | null, findAnother: () => Promise<Asset | null>): Promise<void> => {
  if (counterpart === null) return emptyPaneOf(side);
  try {
    await showBeside(side, counterpart);
  } catch (error) {
    if (!isGone(error)) throw error;
    takeOffDesk([counterpart]);
    const another = await findAnother();
    if (another !== null) await showBeside(side, another);
  }
};

/** Puts the item on the desk that has the row of one that is gone; nothing where the list is empty. */
export const openNear = async (row: number): Promise<void> => {
  const { total } = useQueue.getState();
  const near = total === 0 ? null : await assetAtRow(Math.min(Math.max(0, row), total - 1));
  if (useSelection.getState().item !== null) return;
  if (near !== null) return openItem(near);
  // What is left of the item that was in hand has nothing to be compared with.
  for (const side of ['left', 'right'] as const) if (pane(side).asset !== null) await emptyPaneOf(side);
};

/** Puts a queue item on the desk: its own pane becomes the active one, the other shows its counterpart. One that is gone from the store gives way to the one in its place. */
export const openItem = async (item: Asset): Promise<void> => {
  try {
    await show(item);
  } catch (error) {
    if (!isGone(error)) throw error;
    const row = indexInQueue(item);
    takeOffDesk([item]);
    await refreshQueue();
    await openNear(row);
  }
};

const show = async (item: Asset): Promise<void> => {
  const side = sideOfKind[item.kind];
  const isCurrent = (): boolean => {
    const selected = useSelection.getState().item;
    return selected !== null && sameAsset(selected, item);
  };
  markAdvance(item);
  selectItem({ kind: item.kind, id: item.id });
  activate(side);
  inBackground(loadHistory(item), 'history');
  // The list knows the item already: its pane need not wait for the context.
  const knownSiblings = pane(side).siblings.some((sibling) => sameAsset(sibling, item)) ? pane(side).siblings : [];
  const shown = showInPane(side, item, knownSiblings);
  const context = await contextOf(item);
  if (!isCurrent()) return;
  setPane(side, { siblings: context.siblings, pairs: context.pairs });
  const { counterpart } = context;
  await showCounterpart(otherSide(side), counterpart, async () => (await freshContextOf(item)).counterpart);
  await shown;
  if (!isCurrent()) return;
  inBackground(hurry([context.asset, counterpart]));
  prepareNext(item, isCurrent).catch(() => undefined); // the next key asks again, and says it
  preloadAround(item).catch(() => undefined); // said when the item is opened, if it still fails then
};

/** Opens an item of which only the name is known. */
export const openRef = async (ref: AssetRef): Promise<void> => openItem((await freshContextOf(ref)).asset);

/**
 * Opens what was looked at before (-1) or after (1) the item in hand; what is not in the store any more is passed over.
 * @returns whether there was one
 */
export const openOnTrail = async (way: -1 | 1): Promise<boolean> => {
  for (let there = walkTrail(way); there !== null; there = walkTrail(way)) {
    try {
      await openRef(there);
      return true;
    } catch (error) {
      if (!isGone(error)) throw error;
      forgetOnTrail([there], way);
    }
  }
  return false;
};

/** Another image of the product, or keyframe of the video, in its pane; the other pane stays. */
export const openSibling = async (asset: Asset): Promise<void> => {
  const side = sideOfKind[asset.kind];
  activate(side);
  const { siblings } = pane(side);
  const shown = showInPane(side, asset, siblings);
  const { pairs } = await contextOf(asset);
  const now = pane(side).asset;
  if (now !== null && sameAsset(now, asset)) setPane(side, { pairs });
  await shown;
  await loadHistory(asset);
  preloadSiblings(asset, siblings);
};

/** Something else to compare the item in hand with: its pane stays the active one. */
export const openCounterpart = async (asset: Asset): Promise<void> => showBeside(sideOfKind[asset.kind], asset);

/** For callers that do not wait. */
export const open = (item: Asset): void => void openItem(item).catch((error: unknown) => reportFailure(error, 'open'));
