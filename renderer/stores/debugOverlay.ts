import { create } from 'zustand';

/** Figures about the window itself, over the desk. */
export const useDebugOverlay = create<{ readonly isShown: boolean }>(() => ({ isShown: false }));

export const toggleDebugOverlay = (): void => useDebugOverlay.setState(({ isShown }) => ({ isShown: !isShown }));
