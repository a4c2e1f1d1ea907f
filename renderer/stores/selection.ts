import { create } from 'zustand';
import type { AssetRef } from '../../shared/domain/asset.ts';

/** The queue's item on the desk; its counterpart is chosen for it. */
export const useSelection = create<{ readonly item: AssetRef | null }>(() => ({ item: null }));

export const selectItem = (item: AssetRef | null): void => useSelection.setState({ item });
