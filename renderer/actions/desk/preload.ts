import { sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import { zoomOf } from '../../editor/viewport.ts';
import { sideOfKind } from '../../stores/panes.ts';
import { assetAt, indexInQueue } from '../../stores/queue.ts';
import { useSelection } from '../../stores/selection.ts';
import { isPreviewEnough, preloadPixels } from './assetPixels.ts';
import { contextAhead } from './contexts.ts';
import { editorOf } from './editors.ts';

/** Rows from the item in hand, the likeliest next key first. */
const steps = [1, -1, 2, 3];

/** Who works zoomed in goes on zoomed in: then a preview would be seen to be one. */
const wantsWhole = (asset: Asset): boolean => {
  const { viewport } = editorOf(sideOfKind[asset.kind]);
  return !viewport.isFit && !isPreviewEnough(asset, zoomOf(viewport));
};

/** An item with what is shown beside it. */
export const preloadItem = async (asset: Asset): Promise<void> => {
  const [, { counterpart }] = await Promise.all([preloadPixels(asset, wantsWhole(asset)), contextAhead(asset)]);
  if (counterpart !== null) await Promise.all([preloadPixels(counterpart, wantsWhole(counterpart)), contextAhead(counterpart)]);
};

/** Fetches and decodes the items around the one in hand, each with what is shown beside it, while the person looks. */
export const preloadAround = async (item: AssetRef): Promise<void> => {
  const index = indexInQueue(item);
  if (index === -1) return;
  for (const step of steps) {
    const asset = index + step < 0 ? null : assetAt(index + step);
    if (asset === null) continue;
    await preloadItem(asset);
    const selected = useSelection.getState().item;
    if (selected === null || !sameAsset(selected, item)) return; // the person is elsewhere by now
  }
};

/** The pictures on both sides of one in its row. What fails is said when it is opened, if it still fails then. */
export const preloadSiblings = (asset: Asset, siblings: readonly Asset[]): void => {
  const place = siblings.findIndex((sibling) => sameAsset(sibling, asset));
  for (const step of [1, -1]) {
    const neighbour = siblings[place + step];
    if (place !== -1 && neighbour !== undefined) void preloadPixels(neighbour, wantsWhole(neighbour));
  }
};
