import { create } from 'zustand';

interface LoupeState {
  /** While its key is held. */
  readonly isHeld: boolean;
  /** Until it is switched off. */
  readonly isKept: boolean;
  /** Where the pointer is, as a share of the picture under it (0..1 inside); `owner` is that picture's engine. Null: over none. */
  readonly place: { readonly owner: object; readonly shareX: number; readonly shareY: number } | null;
}

/** A round window onto the picture, nearer than the pane shows it. */
export const useLoupe = create<LoupeState>(() => ({ isHeld: false, isKept: false, place: null }));

export const holdLoupe = (isHeld: boolean): void => useLoupe.setState({ isHeld });
export const toggleLoupe = (): void => useLoupe.setState(({ isKept }) => ({ isKept: !isKept }));
export const setLoupePlace = (place: LoupeState['place']): void => useLoupe.setState({ place });
