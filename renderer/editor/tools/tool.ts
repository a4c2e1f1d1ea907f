import type { MaskDocument } from '../maskDocument.ts';
import type { PromptSession } from '../prompts/promptSession.ts';
import type { RasterPort } from '../raster/rasterPort.ts';
import type { ToolSettings } from '../../stores/toolSettings.ts';
import type { Transaction } from '../transaction.ts';
import type { HeldOutline } from '../outline/outlineSession.ts';
import type { WorkInHand } from '../worksInHand.ts';
import type { CursorHint, MaskSource, Modifiers, PointerSample } from '../types.ts';
import type { ToolMark } from './marks.ts';

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
  /** 2: the second press of a double click, and so on. */
  readonly clickCount: number;
}

/** Keys that a tool is offered before they mean anything else, as written in actions. */
export const toolKeys = ['Enter', 'Escape', 'Backspace', 'Delete', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;
export type ToolKey = (typeof toolKeys)[number];

/** What a tool may do. There is always an image while a tool is used. */
export interface ToolContext {
  readonly settings: ToolSettings;
  /** The mask in hand; null while nothing is loaded. `document.state` is another object after every change that counts. */
  readonly document: MaskDocument | null;
  readonly assetKey: string | null;
  /** viewPx per imagePx: how far from a handle a press still means it. */
  readonly scale: number;
  readonly raster: RasterPort;
  /** What this pane's models were prompted with; shared by the tools that prompt. */
  readonly prompts: PromptSession;
  /** Begins the gesture's one history item; the editor commits or rolls it back when the gesture ends. Accepts a proposal that is open. */
  begin(): Transaction;
  /** A whole history item at once, in or outside of a gesture. @returns whether any pixel changed */
  commit(paint: (transaction: Transaction) => void): boolean;
  /** Shows another mask of the same size live: no history until it is accepted, as one item. Null: the mask as it is, the proposal stays open. */
  propose(mask: MaskSource | null): void;
  /** @returns whether a proposal was open and changed something */
  accept(): boolean;
  /** @returns whether a proposal was open */
  drop(): boolean;
  /** Marks, cursor or hint are different now. */
  refresh(): void;
  /** Work that goes on beside the page is known to whoever takes the mask away: they await it. */
  follow(work: WorkInHand): void;
  /** Resolves when no stroke is being painted. */
  untilPainted(): Promise<void>;
  panBy(dxViewPx: number, dyViewPx: number): void;
  /** A sentence for the person, who did something that has no effect. */
  say(message: string): void;
  /** A background failure: it reaches the person. */
  fail(error: unknown): void;
  /** Where the last stroke on this asset ended. */
  lastPoint: { readonly xImagePx: number; readonly yImagePx: number } | null;
}

/**
 * A small state machine that lives as long as the editor. Calls come in order: down, any number of moves, then up or cancel; what it has begun may
 * outlive a gesture (a polygon's vertices), and is then its own to undo, to finish and to drop.
 */
export interface Tool {
  pointerDown(input: ToolInput): void;
  pointerMove(input: ToolInput): void;
  pointerUp(input: ToolInput): void;
  /** The gesture never happened; its transaction is rolled back by the editor. */
  cancel(): void;
  /** The gesture ends where it is, and counts: the pointer was taken away, or the mask is wanted now. Absent: nothing but the transaction counts, as after cancel. */
  finish?(): void;
  cursor(modifiers: Modifiers): CursorHint;
  /** What a click would do now, for the status line. */
  hint(modifiers: Modifiers): string;
  /** The pointer moves over the picture with no button down. */
  hover?(input: ToolInput): void;
  hoverEnd?(): void;
  /** @returns whether it was of use; then it means nothing else */
  key?(key: ToolKey, modifiers: Modifiers): boolean;
  /** Alt and the wheel: larger or smaller. @returns whether it was of use; else it means the brush */
  wheel?(direction: -1 | 1, at: { readonly xImagePx: number; readonly yImagePx: number }): boolean;
  /** Undo and redo within what it has begun. @returns whether there was anything */
  undo?(): boolean;
  redo?(): boolean;
  /** Over the picture, last on top. */
  marks?(): readonly ToolMark[];
  /** Another tool is taken, or the item is left: what is complete counts. What is not stays until the tool is back. */
  leave?(): void;
  /** What it has begun on the item and not completed, to be given to {@link loaded} when the item is back; null: nothing. */
  hold?(): HeldOutline | null;
  /** Its options, or the brush's settings, are different now; called for the tool in hand. */
  settingsChanged?(): void;
  /** An item is on the desk now, another one or the same one anew; not called when it is left empty. */
  loaded?(held: HeldOutline | null): void;
}

export type ToolFactory = (context: ToolContext) => Tool;
