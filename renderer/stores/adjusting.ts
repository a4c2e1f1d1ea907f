import { create } from 'zustand';
import type { AreaChange } from '../../shared/edits/changeOfTiles.ts';
import type { AdjustKind } from '../../shared/raster/adjustMask.ts';

/** The adjustment that is being chosen, if one is. Pixels are the editor's. */
export interface AdjustingState {
  readonly kind: AdjustKind | null;
  readonly amount: number;
  readonly isWorking: boolean;
  /** What is on screen does this to the area; null before the first result. */
  readonly change: AreaChange | null;
}

const idle: AdjustingState = { kind: null, amount: 0, isWorking: false, change: null };

export const useAdjusting = create<AdjustingState>(() => idle);
export const endAdjusting = (): void => useAdjusting.setState(idle);
