import { create } from 'zustand';
import type { Side } from './panes.ts';

/** How many pixels of each pane's mask are inside, as it is on screen; null: nothing is there, or nobody has counted yet. */
export const useDraftArea = create<Readonly<Record<Side, number | null>>>(() => ({ left: null, right: null }));
