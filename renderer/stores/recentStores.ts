import { create } from 'zustand';
import type { RecentStore } from '../../shared/contracts/host/stores.ts';
import { forgetStore, recentStores } from '../bridge/host.ts';

/** Stores that were open on this machine, newest first; null until they have been read. */
export const useRecentStores = create<{ readonly stores: readonly RecentStore[] | null }>(() => ({ stores: null }));

export const loadRecentStores = async (): Promise<void> => useRecentStores.setState({ stores: await recentStores() });
/** Takes a store out of the list; the store itself stays where it is. */
export const removeRecentStore = async (storeId: string): Promise<void> => useRecentStores.setState({ stores: await forgetStore(storeId) });
