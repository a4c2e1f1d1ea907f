import { create } from 'zustand';

export type DropHalf = 'products' | 'keyframes';

/** While files are dragged over the window: the half under the pointer. Null: nothing is dragged. */
export const useDropping = create<{ readonly half: DropHalf | null }>(() => ({ half: null }));

export const setDropHalf = (half: DropHalf | null): void => {
  if (useDropping.getState().half !== half) useDropping.setState({ half });
};
