import { create } from 'zustand';

/** The change of a whole mask that is shown and not kept yet. Its pixels are the editor's. */
export interface LiveChangeState {
  /** What it is, as its button says; null: none is shown. */
  readonly name: string | null;
}

export const useLiveChange = create<LiveChangeState>(() => ({ name: null }));
