import { create } from 'zustand';

/** Whether both panes zoom and pan together. */
export const useLinkedView = create<{ readonly isLinked: boolean }>(() => ({ isLinked: false }));

export const setLinked = (isLinked: boolean): void => useLinkedView.setState({ isLinked });
