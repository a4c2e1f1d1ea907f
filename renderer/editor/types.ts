import type { TileState } from '../../shared/edits/tileState.ts';
import type { Matte } from '../../shared/edits/matte.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import type { Rect } from '../../shared/mask/rect.ts';
import type { EditorStatusStore } from '../stores/editorStatus.ts';
import type { ToolId, ToolSettingsStore } from '../stores/toolSettings.ts';
import type { MaskDocument } from './maskDocument.ts';
import type { Mattes } from './matte/mattes.ts';
import type { StoredMattes } from './matte/matteTrail.ts';
import type { HistoryMark, KeptHistory } from './history.ts';
import type { HistoryArchive } from './historyKeeper.ts';
import type { HistoryStore } from './historyStore.ts';
import type { RasterPort } from './raster/rasterPort.ts';
import type { Unfinished } from '../stores/unfinished.ts';
import type { WorkInHand } from './worksInHand.ts';
import type { ToolMark } from './tools/marks.ts';
import type { ToolKey } from './tools/tool.ts';
import type { PreviewSlot } from './prompts/preview.ts';
import type { PromptPorts } from './prompts/promptPorts.ts';
import type { PromptSession } from './prompts/promptSession.ts';
import type { ImageRect, Viewport } from './viewport.ts';

export type { ToolId } from '../stores/toolSettings.ts';
export type { ImageRect, Viewport } from './viewport.ts';

/** A mask in one of the forms that it comes in; `blank` is an image without a mask yet. */
export type MaskSource =
  | { readonly bitmap: Bitmap }
  /** Bytes of shared/mask/rleBinary.ts. */
  | { readonly rle: Uint8Array }
  /** Cut into tiles already, as a worker does it for large masks (shared/edits/tilesOfRle.ts). */
  | { readonly tiles: TileState }
  | { readonly blank: { readonly widthPx: number; readonly heightPx: number } };

export type LoadRequest = MaskSource & {
  /** shared/domain/asset.ts `assetKey`: history and unsaved work are kept under it. */
  readonly assetKey: string;
  /** The revision that the mask is, or that the draft was painted on; null for none. */
  readonly revisionId: string | null;
  /** Whether the mask is a draft: unlike the revision, so dirty from the start. */
  readonly isDraft?: boolean;
  /** Undo steps of an earlier visit, from the archive; they continue when one of their states is this mask. */
  readonly kept?: KeptHistory | null;
  /** Soft coverage that is kept beside the draft or the revision; asked for when this session has none of its own. */
  readonly mattes?: () => StoredMattes | null;
};

/**
 * fresh: the given mask is shown and its history is empty · restored: this session's own work on the asset, its history is
 * back, and the given mask was not needed.
 */
export type LoadOutcome = 'fresh' | 'restored';

/** A place of the pointer, in viewPx (CSS pixels from the top left of the canvas). */
export interface PointerSample {
  readonly xViewPx: number;
  readonly yViewPx: number;
  /** 0..1; 0.5 where the device has none. */
  readonly pressure: number;
}

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
}

export interface PointerInput extends Modifiers {
  readonly pointerId: number;
  readonly pointerType: 'mouse' | 'pen' | 'touch';
  /** As in the DOM: 0 main, 1 middle, 2 right, 5 a pen's eraser; -1 while moving. */
  readonly button: number;
  /** Of a press: 2 for the second of a double click, and so on. Default 1. */
  readonly clickCount?: number;
  /** In order of time: the coalesced events, the last one is where the pointer is now. At least one. */
  readonly samples: readonly PointerSample[];
}

/** The cursor's shape over the canvas; `ring` has the brush's size. */
export type CursorHint =
  | {
      readonly kind: 'ring';
      readonly radiusImagePx: number;
      readonly erases: boolean;
      /** Shift is down: a click draws a straight line from here. */
      readonly lineFromImagePx?: { readonly xImagePx: number; readonly yImagePx: number };
    }
  | { readonly kind: 'grab' | 'grabbing' | 'crosshair' | 'pointer' | 'move' | 'progress' };

/**
 * pixels: these rectangles (imagePx) have new values · loaded: another mask, everything is new · viewport: zoom, place or pane size ·
 * tool: tool, its size or the cursor · marks: what the tool shows over the picture · committed: a gesture, undo or redo has ended and the mask is worth keeping as a draft.
 */
export type EditorChange =
  | { readonly kind: 'pixels'; readonly rects: readonly Rect[] }
  /** forward: a stroke, or one that was redone · back: one that was undone */
  | { readonly kind: 'committed'; readonly direction: 'forward' | 'back' }
  | { readonly kind: 'loaded' | 'viewport' | 'tool' | 'marks' | 'matte' };

/** A state of one asset's mask, to be named again when it has been stored somewhere. */
export interface WorkMark {
  readonly assetKey: string;
  readonly state: HistoryMark;
}

export interface ViewSize {
  /** CSS pixels. */
  readonly widthViewPx: number;
  readonly heightViewPx: number;
  readonly devicePixelRatio: number;
}

/** One pane's editing engine. Synchronous; no DOM. Everything that takes an image needs `load` first and is without effect before it. */
export interface Editor {
  /** For panels, see renderer/stores/editorStatus.ts. */
  readonly status: EditorStatusStore;
  /** Shared by all panes that were created with it. */
  readonly toolSettings: ToolSettingsStore;
  readonly histories: HistoryStore;
  /** Null while nothing is loaded. The canvas reads it; only tools write it. */
  readonly document: MaskDocument | null;
  readonly viewport: Viewport;
  readonly cursor: CursorHint;
  /** What the tool in hand shows over the picture. */
  readonly marks: readonly ToolMark[];
  /** What this pane's models were prompted with. */
  readonly prompts: PromptSession;
  /** Soft coverage beside the mask. */
  readonly mattes: Mattes;
  /** An answer to a prompt that is shown until the mask has its pixels; empty again with another asset. */
  readonly preview: PreviewSlot;
  readonly assetKey: string | null;
  readonly revisionId: string | null;
  readonly isDirty: boolean;
  /** Somebody else has the asset: it is looked at and not changed. Moving and zooming go on. */
  isReadOnly(): boolean;
  setReadOnly(isReadOnly: boolean): void;
  /** A gesture or a proposal: what is shown is not yet what counts. */
  readonly isGestureRunning: boolean;
  readonly isProposing: boolean;
  /** Something that was asked for is being worked out: a click of a tool, a prompt, a slider's newest value. Clicks that wait for a missing model are not: see {@link unfinished}. */
  readonly isPending: boolean;
  /** What was begun on the asset in hand and is in no mask: it stays with the asset, and comes back with it. Null: nothing. */
  readonly unfinished: Unfinished | null;

  /** Leaves the asset in hand (its history, view and unsaved work are kept) and takes this one. @throws RangeError for broken RLE */
  load(request: LoadRequest): LoadOutcome;
  /** Leaves the asset in hand; the pane is empty. */
  unload(): void;
  /**
   * Drops what is kept for an asset: its next `load` is fresh. An asset in hand loses its history but not its pixels; unless it is painted on
   * again, leaving it keeps nothing.
   */
  forget(assetKey: string): void;
  /** The mask in hand is now stored as this revision: no longer dirty, history stays. */
  markSaved(revisionId: string): void;
  /** Names the mask as it is now; to be given to {@link settle} or {@link release}. @throws BugError when nothing is loaded */
  mark(): WorkMark;
  /**
   * The marked mask is now stored as this revision, whether its asset is still in hand or was left. @returns whether something was painted after
   * the mark: that is unsaved work on the new revision
   */
  settle(mark: WorkMark, revisionId: string): boolean;
  /** The marked mask was not stored after all. */
  release(mark: WorkMark): void;
  /** Puts another mask of the same size in place, as one step that can be undone. @throws RangeError for another size */
  replaceMask(mask: MaskSource): void;
  /**
   * Shows another mask of the same size live, as while a slider moves; history does not change until it is accepted. Null: the mask as it is; the proposal stays
   * open. Painting, another tool, leaving the asset and everything that reads the mask accept it; Esc and undo drop it.
   * @param matte soft coverage to go with it, shown in its stead where the view is soft, kept beside the mask when the proposal is accepted @throws RangeError for another size
   */
  propose(mask: MaskSource | null, matte?: Matte | null): void;
  /** The proposal becomes one history item. @returns whether one was open and changed something */
  accept(): boolean;
  /** @returns whether a proposal was open */
  drop(): boolean;
  /** Makes work beside the engine known, so that {@link settled} awaits it. @returns a function that ends it */
  follow(work: WorkInHand): () => void;
  /** The stroke in hand ends where it is, and counts. */
  finishGesture(): void;
  /**
   * Ends the stroke in hand, which counts, and resolves when nothing is pending any more: Esc and undo end that too. A proposal stays open.
   * @param options leavesReading: prompts whose photo is still being read are not awaited; they stay with their asset
   * @returns whether all that was asked for is in the mask: nothing was taken back or has failed
   */
  settled(options?: { readonly leavesReading: boolean }): Promise<boolean>;
  /** The mask as shared/mask/rleBinary.ts; only what changed since the last call is encoded anew. @throws BugError when nothing is loaded */
  toRle(): Uint8Array;
  /** @throws BugError when nothing is loaded */
  toBitmap(): Bitmap;

  /** A stroke that is being painted is cancelled first. @returns whether anything happened */
  undo(): boolean;
  redo(): boolean;
  /** Esc: the stroke in hand, what the tool has begun, what is pending, or the proposal is taken back as if it had never been. @returns whether there was one */
  cancel(): boolean;
  /** Resolves when every step so far is in the archive, or has failed to get there. */
  flushHistory(): Promise<void>;

  /** Offers a key to the tool in hand before it means anything else. @returns whether it was of use */
  toolKey(key: ToolKey): boolean;
  setTool(toolId: ToolId): void;
  /** Of the eraser while it is in hand, else of the brush. Diameter in imagePx, clamped to 1..2000. */
  setBrushSize(sizePx: number): void;
  stepBrushSize(direction: -1 | 1): void;
  /** The same by the wheel: of what the tool in hand has under the pointer, else of the brush. */
  stepSizeAt(direction: -1 | 1, xViewPx: number, yViewPx: number): void;
  /** Others than the tool itself have changed what it shows. */
  refreshMarks(): void;
  /** Clamped to 0..1. */
  setHardness(hardness: number): void;
  /** While true (Space is down), dragging pans whatever the tool. */
  holdHand(held: boolean): void;
  /** Shift and Alt as they are pressed, so that the cursor shows it before the pointer moves. */
  setModifiers(modifiers: Modifiers): void;

  setViewSize(size: ViewSize): void;
  /** A number is a zoom in device pixels per image pixel, about the pane's middle. */
  zoomTo(target: 'fit' | 'actual' | number): void;
  /** Zooms to a place and puts it in the pane's middle. @param marginShare room around it, in shares of its longer side; default 0.5 */
  showRect(placeImagePx: ImageRect, marginShare?: number): void;
  /** Keeps the image's point under `xViewPx, yViewPx` (default: the pane's middle) where it is. */
  zoomBy(factor: number, xViewPx?: number, yViewPx?: number): void;
  panBy(dxViewPx: number, dyViewPx: number): void;
  /** For linked panes: takes scale and place of another view, clamped to this image. */
  setViewport(viewport: Pick<Viewport, 'scale' | 'offsetXViewPx' | 'offsetYViewPx'>): void;

  pointerDown(input: PointerInput): void;
  pointerMove(input: PointerInput): void;
  pointerUp(input: PointerInput): void;
  /** The system took the pointer away: the stroke so far is kept, as people expect of a lost capture. */
  pointerCancel(pointerId: number): void;
  /** The pointer has left the picture. */
  pointerLeave(): void;

  /** @returns a function that ends the subscription */
  subscribe(listener: (change: EditorChange) => void): () => void;
  /** Leaves the asset and ends all subscriptions. */
  dispose(): void;
}

export interface EditorOptions {
  /** Shared between panes, so that an item keeps its history wherever it is opened. */
  readonly histories?: HistoryStore;
  readonly toolSettings?: ToolSettingsStore;
  /** For one asset, in bytes. Default {@link defaultHistoryLimitBytes}. */
  readonly historyLimitBytes?: number;
  /** Of those steps that the archive holds, for one asset. Default {@link defaultHistoryMemoryBytes}. */
  readonly historyMemoryBytes?: number;
  /** Where steps go that need not be in memory. None: they are bounded by historyLimitBytes. */
  readonly archive?: HistoryArchive;
  /** When the status may follow a gesture or a step: called with the same function each time. Default: at once. */
  readonly later?: (work: () => void) => void;
  /** Where tools have long work done. Default: on this thread, without photos. */
  readonly raster?: RasterPort;
  /** How prompts are answered. Default: they can't be. */
  readonly prompts?: PromptPorts;
  /** A tool's work in the background has failed: to be told to the person. */
  readonly onToolFailure?: (error: unknown) => void;
  /** What was done has no effect, and why. */
  readonly onToolNote?: (message: string) => void;
  /** The archive can't be written or read; painting goes on, with fewer steps to undo. */
  readonly onArchiveFailure?: (error: unknown) => void;
}
