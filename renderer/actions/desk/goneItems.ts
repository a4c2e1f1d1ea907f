import { isExpected } from '../../../shared/errors/errors.ts';
import { assetKey, sameAsset, type AssetRef } from '../../../shared/domain/asset.ts';
import { loadHistory, useHistory } from '../../stores/history.ts';
import { inBackground } from '../../stores/notices.ts';
import { pane } from '../../stores/panes.ts';
import { forgetOnTrail, selectItem, useSelection } from '../../stores/selection.ts';
import { forgetStrokes } from '../review/undoSteps.ts';
import { dropAhead } from './holdItems.ts';
import { dropFromPane } from './loadPane.ts';

/** What an error says of an item: that it is not in the store any more, as when the import that had added it was taken back, here or elsewhere. */
export const isGone = (error: unknown): boolean => isExpected(error, 'not_found');

/** Takes such items off the desk: out of the panes, the trail and the history; what was to be next is asked for anew. */
export const takeOffDesk = (gone: readonly AssetRef[]): void => {
  const isOne = (asset: AssetRef | null): boolean => asset !== null && gone.some((other) => sameAsset(other, asset));
  for (const side of ['left', 'right'] as const) {
    const { asset } = pane(side);
    if (asset !== null && isOne(asset)) dropFromPane(side, asset);
  }
  for (const asset of gone) forgetStrokes(assetKey(asset));
  forgetOnTrail(gone);
  dropAhead();
  if (isOne(useSelection.getState().item)) selectItem(null);
  if (isOne(useHistory.getState().asset)) inBackground(loadHistory(null), 'history');
};
