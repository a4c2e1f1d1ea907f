import { sameAsset, type Asset, type AssetRef, type AssetState } from '../../../shared/domain/asset.ts';
import { useQueue } from '../../stores/queue.ts';
import { useSelection } from '../../stores/selection.ts';

/** States that still want a verdict: those the list is filtered by, else what is to review. */
const openStates = (): readonly AssetState[] => {
  const { state } = useQueue.getState().filter;
  return state === null ? ['to_review'] : [state];
};

/** The next item after this one that wants a verdict, from the top again at the end; null when there is no other. */
export const nextOpen = (after: AssetRef): Asset | null => {
  const { assets } = useQueue.getState();
  const states = openStates();
  const index = assets.findIndex((asset) => sameAsset(asset, after));
  const inOrder = [...assets.slice(index + 1), ...assets.slice(0, Math.max(0, index))];
  return inOrder.find((asset) => states.includes(asset.state) && !sameAsset(asset, after)) ?? null;
};

/** The row before or after the selected one; the first row when none is selected. */
export const neighbour = (step: -1 | 1): Asset | null => {
  const { assets } = useQueue.getState();
  const { item } = useSelection.getState();
  const index = item === null ? -1 : assets.findIndex((asset) => sameAsset(asset, item));
  if (index === -1) return assets[0] ?? null;
  return assets[index + step] ?? null;
};
