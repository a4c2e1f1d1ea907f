import { create } from 'zustand';
import { core } from '../bridge/core.ts';

/** Neither pane gets so narrow that its head and strip could not be read. */
export const leastPaneShare = 0.2;

interface DeskLayout {
  /** One pane has the whole desk: the active one. */
  readonly isSingle: boolean;
  /** Of the desk's width, the left pane's share. */
  readonly leftShare: number;
}

export const useDeskLayout = create<DeskLayout>(() => ({ isSingle: false, leftShare: 0.5 }));

const preferenceKey = 'desk.leftShare';
const clamped = (share: number): number => Math.min(1 - leastPaneShare, Math.max(leastPaneShare, share));

export const loadDeskLayout = async (): Promise<void> => {
  const value = await core().app.getPreference({ key: preferenceKey, scope: 'machine' });
  if (typeof value === 'number' && Number.isFinite(value)) useDeskLayout.setState({ leftShare: clamped(value) });
};

export const toggleSingle = (): void => useDeskLayout.setState(({ isSingle }) => ({ isSingle: !isSingle }));
export const setLeftShare = (share: number): void => useDeskLayout.setState({ leftShare: clamped(share) });
export const keepLeftShare = (): Promise<void> => core().app.setPreference({ key: preferenceKey, value: useDeskLayout.getState().leftShare, scope: 'machine' });
