import { create } from 'zustand';
import type { ToolId } from './toolSettings.ts';

/** What was begun on an asset and is in no mask yet. */
export interface Unfinished {
  /** Prompts that wait for the photo or the model. */
  readonly waitingClicks: number;
  /** Tools with an outline that could be closed. */
  readonly openOutlines: readonly ToolId[];
}

/** By asset key, of items that were left: what was begun there and is in no mask. It lives as long as the window. */
export const useUnfinished = create<{ readonly byAsset: ReadonlyMap<string, Unfinished> }>(() => ({ byAsset: new Map() }));
