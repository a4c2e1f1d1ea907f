import { createStore, type StoreApi } from 'zustand/vanilla';

/** What panels show of an editor. Changes at most once a gesture or a change of view, never at a pointer event of a stroke: pixels stay out. */
export interface EditorStatus {
  /** Null while nothing is loaded. */
  readonly assetKey: string | null;
  readonly revisionId: string | null;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Device pixels per image pixel: 1 is 100 %. */
  readonly zoom: number;
  /** Whether the view follows the pane's size so that the whole image shows. */
  readonly isFit: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Whether the mask differs from the one that was loaded or last saved. */
  readonly isDirty: boolean;
  readonly isGestureRunning: boolean;
  /** Whether there is soft coverage of this editor's own, kept or shown. */
  readonly hasMatte: boolean;
  /** One that is stored is still being read. */
  readonly isMatteComing: boolean;
  /** A live preview waits to be accepted or dropped. */
  readonly isProposing: boolean;
  /** What a click would do. */
  readonly hint: string;
  readonly historyItems: number;
  /** In memory. */
  readonly historyBytes: number;
  readonly historyItemsOnDisk: number;
}

export type EditorStatusStore = StoreApi<EditorStatus>;

export const createEditorStatus = (): EditorStatusStore =>
  createStore<EditorStatus>(() => ({
    assetKey: null,
    revisionId: null,
    widthPx: 0,
    heightPx: 0,
    zoom: 1,
    isFit: true,
    canUndo: false,
    canRedo: false,
    isDirty: false,
    isGestureRunning: false,
    hasMatte: false,
    isMatteComing: false,
    isProposing: false,
    hint: '',
    historyItems: 0,
    historyBytes: 0,
    historyItemsOnDisk: 0,
  }));
