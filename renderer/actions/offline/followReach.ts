import { sameAsset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Reach } from '../../../shared/contracts/rpc/offline.ts';
import { dismissTopic, inBackground } from '../../stores/notices.ts';
import { loadWaiting, setReach, useOffline } from '../../stores/offline.ts';
import { keepUnwritten } from '../desk/draftKeeper.ts';
import { holdAgain } from '../desk/holdItems.ts';

/** The store went away or is back. Back: what could not be kept is, and items are held anew, where nobody else has them by now. */
export const noteReach = (reach: Reach): void => {
  const wasAway = useOffline.getState().reach.kind === 'away';
  setReach(reach);
  if (reach.kind === 'away' || !wasAway) return;
  dismissTopic('away');
  inBackground(keepUnwritten(), 'draft');
  inBackground(holdAgain(), 'leases');
  // Whether somebody else was at them can be told only now.
  inBackground(loadWaiting(), 'waiting');
};

/** What somebody has changed may stand in the way of what waits. */
export const noteChangesOfWaiting = (assets: readonly AssetRef[]): void => {
  const { items, isSending } = useOffline.getState();
  const isAbout = assets.length === 0 || items.some((item) => assets.some((asset) => sameAsset(asset, item.asset)));
  if (items.length > 0 && isAbout && !isSending) inBackground(loadWaiting(), 'waiting');
};
