import { create } from 'zustand';
import { assetKey, type AssetRef } from '../../shared/domain/asset.ts';
import type { RevisionId } from '../../shared/domain/ids.ts';
import type { Reach, SendOutcome, WaitingItem } from '../../shared/contracts/rpc/offline.ts';
import { core } from '../bridge/core.ts';

/** One that waits whose two masks are on screen: what a choice is about. */
export interface ShownConflict {
  readonly id: string;
  readonly asset: AssetRef;
  readonly kind: WaitingItem['kind'];
  readonly sentence: string | null;
  readonly seenHead: RevisionId | null;
  /** Both masks lie over the picture; else there is only one, and the item itself is on the desk. */
  readonly isSideBySide: boolean;
}

interface OfflineState {
  readonly reach: Reach;
  /** A look that a person asked for is under way. */
  readonly isLooking: boolean;
  /** What this person did while the store was away, to be sent. */
  readonly items: readonly WaitingItem[];
  /** By id: why it was not sent the last time. */
  readonly refusals: Readonly<Record<string, string>>;
  readonly isSending: boolean;
  /** The line about what waits was put away until there is more of it. */
  readonly isPutAway: boolean;
  readonly shown: ShownConflict | null;
}

/** Whether the team's store can be reached, and what waits on this machine for it. */
export const useOffline = create<OfflineState>(() => ({ reach: { kind: 'online' }, isLooking: false, items: [], refusals: {}, isSending: false, isPutAway: false, shown: null }));

export const setReach = (reach: Reach): void => useOffline.setState({ reach });

export const isAway = (): boolean => useOffline.getState().reach.kind === 'away';

export const loadReach = async (): Promise<void> => setReach(await core().offline.reach());

let lastRequest = 0;
export const loadWaiting = async (): Promise<void> => {
  const request = ++lastRequest;
  const items = await core().offline.waiting();
  if (request !== lastRequest) return;
  useOffline.setState(({ items: before, isPutAway }) => ({ items, isPutAway: isPutAway && items.length <= before.length }));
};

export const setRefusals = (outcomes: readonly SendOutcome[]): void =>
  useOffline.setState({ refusals: Object.fromEntries(outcomes.flatMap(({ id, message }) => (message === null ? [] : [[id, message]]))) });

/** Verdicts of an asset that wait; the latest counts. */
export const waitingVerdict = (items: readonly WaitingItem[], asset: AssetRef): WaitingItem | undefined =>
  items.findLast((item) => item.kind !== 'draft' && assetKey(item.asset) === assetKey(asset));

export const waitingDraft = (items: readonly WaitingItem[], asset: AssetRef): WaitingItem | undefined =>
  items.find((item) => item.kind === 'draft' && item.hasOwnMask && assetKey(item.asset) === assetKey(asset));
