import type { ToolSettings } from '../../stores/toolSettings.ts';
import type { Transaction } from '../transaction.ts';
import type { CursorHint, Modifiers, PointerSample } from '../types.ts';

/** A pointer's place in both spaces. */
export interface ToolPoint extends PointerSample {
  readonly xImagePx: number;
  readonly yImagePx: number;
}

/** What a pointer event brings to a tool. */
export interface ToolInput extends Modifiers {
  /** In order of time, at least one. */
  readonly points: readonly ToolPoint[];
  readonly isPen: boolean;
}

/** What a tool may do. There is always an image while a tool is used. */
export interface ToolContext {
  readonly settings: ToolSettings;
  /** Begins the gesture's one history item; the editor commits or rolls it back when the gesture ends. */
  begin(): Transaction;
  panBy(dxViewPx: number, dyViewPx: number): void;
  /** Where the last stroke on this asset ended. */
  lastPoint: { readonly xImagePx: number; readonly yImagePx: number } | null;
}

/** A small state machine that lives as long as the editor. Calls come in order: down, any number of moves, then up or cancel. */
export interface Tool {
  pointerDown(input: ToolInput): void;
  pointerMove(input: ToolInput): void;
  pointerUp(input: ToolInput): void;
  /** The gesture never happened; its transaction is rolled back by the editor. */
  cancel(): void;
  cursor(modifiers: Modifiers): CursorHint;
}

export type ToolFactory = (context: ToolContext) => Tool;
