import { create } from 'zustand';
import type { AreaChange } from '../../shared/edits/changeOfTiles.ts';

/** Whether an edge is being refined into a matte. Pixels are the editor's, what is set is with the tools' options. */
export interface RefiningState {
  readonly isOpen: boolean;
  readonly isWorking: boolean;
  /** What is on screen does this to the mask; null before the first result. */
  readonly change: AreaChange | null;
}

const idle: RefiningState = { isOpen: false, isWorking: false, change: null };

export const useRefining = create<RefiningState>(() => idle);
export const endRefining = (): void => useRefining.setState(idle);
