import { present } from '../../shared/errors/errors.ts';
import type { Edit } from '../../shared/edits/edit.ts';
import type { TileState } from '../../shared/edits/tileState.ts';
import type { Rect } from '../../shared/mask/rect.ts';
import { createEditorStatus } from '../stores/editorStatus.ts';
import { clampBrushSizePx, createToolSettings, stepBrushSizePx, type ToolId } from '../stores/toolSettings.ts';
import { editBetween } from './editBetween.ts';
import { History, defaultHistoryLimitBytes } from './history.ts';
import { HistoryStore, type AssetSession } from './historyStore.ts';
import { MaskDocument } from './maskDocument.ts';
import { tilesOf } from './maskSource.ts';
import { tools } from './tools/index.ts';
import type { Tool, ToolContext, ToolInput } from './tools/tool.ts';
import type { Transaction } from './transaction.ts';
import type { Editor, EditorChange, EditorOptions, LoadRequest, Modifiers, PointerInput } from './types.ts';
import { createViewControl } from './viewControl.ts';
import { viewToImageX, viewToImageY, zoomOf } from './viewport.ts';

/** What is loaded. */
interface Work {
  readonly assetKey: string;
  revisionId: string | null;
  readonly document: MaskDocument;
  readonly history: History;
  /** Forgotten and not painted on since: leaving it keeps nothing. */
  isForgotten: boolean;
}

interface Gesture {
  readonly pointerId: number;
  readonly tool: Tool;
}

/** One pane's engine, see types.ts. It is the only place that knows documents, history, tools and view; each of them knows none of the others. */
export const createEditor = (options: EditorOptions = {}): Editor => {
  const status = createEditorStatus();
  const toolSettings = options.toolSettings ?? createToolSettings();
  const histories = options.histories ?? new HistoryStore();
  const historyLimitBytes = options.historyLimitBytes ?? defaultHistoryLimitBytes;
  const listeners = new Set<(change: EditorChange) => void>();
  let work: Work | null = null;
  let gesture: Gesture | null = null;
  let transaction: Transaction | null = null;
  let handHeld = false;
  let modifiers: Modifiers = { shift: false, alt: false };

  const emit = (change: EditorChange): void => {
    for (const listener of [...listeners]) listener(change);
  };
  const emitPixels = (rects: readonly Rect[]): void => {
    if (rects.length > 0) emit({ kind: 'pixels', rects });
  };

  const updateStatus = (): void => {
    status.setState({
      assetKey: work?.assetKey ?? null,
      revisionId: work?.revisionId ?? null,
      widthPx: work?.document.widthPx ?? 0,
      heightPx: work?.document.heightPx ?? 0,
      zoom: zoomOf(view.viewport),
      isFit: view.viewport.isFit,
      canUndo: work?.history.canUndo ?? false,
      canRedo: work?.history.canRedo ?? false,
      isDirty: work?.history.isDirty ?? false,
      isGestureRunning: gesture !== null,
      historyItems: work?.history.length ?? 0,
      historyBytes: work?.history.bytes ?? 0,
    });
  };

  const view = createViewControl(
    () => work?.document ?? null,
    () => {
      updateStatus();
      emit({ kind: 'viewport' });
    },
  );

  const context: ToolContext = {
    get settings() {
      return toolSettings.getState();
    },
    begin() {
      transaction = present(work, 'The image under the tool').document.begin();
      return transaction;
    },
    panBy: view.panBy,
    lastPoint: null,
  };
  const instances: Record<ToolId, Tool> = { brush: tools.brush(context), eraser: tools.eraser(context), hand: tools.hand(context) };
  const currentTool = (): Tool => (handHeld ? instances.hand : instances[toolSettings.getState().toolId]);
  const toolFor = (input: PointerInput): Tool | null => {
    if (input.button === 1) return instances.hand;
    if (input.button === 5) return instances.eraser;
    return input.button === 0 ? currentTool() : null;
  };

  const toolInput = (input: PointerInput): ToolInput => ({
    shift: input.shift,
    alt: input.alt,
    isPen: input.pointerType === 'pen',
    points: input.samples.map((sample) => ({
      ...sample,
      xImagePx: viewToImageX(view.viewport, sample.xViewPx),
      yImagePx: viewToImageY(view.viewport, sample.yViewPx),
    })),
  });

  const remember = (changed: Work, edit: Edit): void => {
    changed.history.push(edit);
    changed.isForgotten = false;
  };

  /** The gesture is over and counts: its changes are one history item. */
  const finishGesture = (): void => {
    gesture = null;
    const ended = transaction;
    transaction = null;
    if (ended !== null && work !== null) {
      emitPixels(ended.takeChanged());
      const edit = ended.commit();
      if (edit !== null) remember(work, edit);
      updateStatus();
      if (edit !== null) emit({ kind: 'committed' });
    } else {
      updateStatus();
    }
    emit({ kind: 'tool' });
  };

  const applyStep = (step: (history: History) => Edit | null): boolean => {
    if (editor.cancel()) return true;
    const edit = work === null ? null : step(work.history);
    if (work === null || edit === null) return false;
    const rects = work.document.apply(edit);
    updateStatus();
    emitPixels(rects);
    emit({ kind: 'committed' });
    return true;
  };

  const leave = (): void => {
    if (gesture !== null) {
      gesture.tool.cancel();
      finishGesture();
    }
    if (work === null) return;
    const { assetKey, revisionId, history, document, isForgotten } = work;
    work = null;
    if (isForgotten) return;
    histories.keep(assetKey, { revisionId, state: document.state, history, lastPoint: context.lastPoint });
  };

  /** Bytes that are no mask leave the pane empty and what was kept of the asset where it was. */
  const tilesOrEmptyPane = (request: LoadRequest, session: AssetSession | null): TileState => {
    try {
      return tilesOf(request);
    } catch (error) {
      if (session !== null) histories.keep(request.assetKey, session);
      updateStatus();
      emit({ kind: 'loaded' });
      throw error;
    }
  };

  const editor: Editor = {
    status,
    toolSettings,
    histories,
    get document() {
      return work?.document ?? null;
    },
    get viewport() {
      return view.viewport;
    },
    get cursor() {
      return (gesture?.tool ?? currentTool()).cursor(modifiers);
    },
    get assetKey() {
      return work?.assetKey ?? null;
    },
    get revisionId() {
      return work?.revisionId ?? null;
    },
    get isDirty() {
      return work?.history.isDirty ?? false;
    },

    load(request) {
      leave();
      const { assetKey, revisionId } = request;
      const session = histories.take(assetKey);
      const isRestored = session !== null && session.revisionId === revisionId;
      const document = new MaskDocument(isRestored ? session.state : tilesOrEmptyPane(request, session));
      const history = isRestored ? session.history : new History(historyLimitBytes, request.isDraft !== true);
      work = { assetKey, revisionId, document, history, isForgotten: false };
      context.lastPoint = isRestored ? session.lastPoint : null;
      view.show(document);
      updateStatus();
      emit({ kind: 'loaded' });
      return isRestored ? 'restored' : 'fresh';
    },
    unload() {
      leave();
      updateStatus();
      emit({ kind: 'loaded' });
    },
    forget(assetKey) {
      histories.take(assetKey);
      if (work?.assetKey !== assetKey) return;
      editor.cancel();
      work = { ...work, history: new History(historyLimitBytes, !work.history.isDirty), isForgotten: true };
      updateStatus();
    },
    markSaved(revisionId) {
      if (work === null) return;
      work.revisionId = revisionId;
      work.history.markSaved();
      updateStatus();
    },
    replaceMask(mask) {
      if (work === null) return;
      editor.cancel();
      const edit = editBetween(work.document.state, tilesOf(mask));
      if (edit === null) return;
      const rects = work.document.apply(edit);
      remember(work, edit);
      updateStatus();
      emitPixels(rects);
      emit({ kind: 'committed' });
    },
    toRle: () => present(work, 'The mask to encode').document.toRle(),
    toBitmap: () => present(work, 'The mask to read').document.toBitmap(),

    undo: () => applyStep((history) => history.undo()),
    redo: () => applyStep((history) => history.redo()),
    cancel() {
      if (gesture === null) return false;
      gesture.tool.cancel();
      gesture = null;
      const rects = transaction?.rollBack() ?? [];
      transaction = null;
      updateStatus();
      emitPixels(rects);
      emit({ kind: 'tool' });
      return true;
    },

    setTool: (toolId) => toolSettings.setState({ toolId }),
    setBrushSize: (sizePx) => toolSettings.setState({ brushSizePx: clampBrushSizePx(sizePx) }),
    stepBrushSize: (direction) => toolSettings.setState(({ brushSizePx }) => ({ brushSizePx: stepBrushSizePx(brushSizePx, direction) })),
    setHardness: (hardness) => toolSettings.setState({ hardness: Math.min(1, Math.max(0, hardness)) }),
    holdHand(held) {
      if (handHeld === held) return;
      handHeld = held;
      emit({ kind: 'tool' });
    },
    setModifiers(next) {
      if (next.alt === modifiers.alt && next.shift === modifiers.shift) return;
      modifiers = { alt: next.alt, shift: next.shift };
      emit({ kind: 'tool' });
    },

    setViewSize: view.setViewSize,
    zoomTo: view.zoomTo,
    showRect: view.showRect,
    zoomBy: view.zoomBy,
    panBy: view.panBy,
    setViewport: view.setViewport,

    pointerDown(input) {
      if (work === null || gesture !== null) return;
      const tool = toolFor(input);
      if (tool === null) return;
      gesture = { pointerId: input.pointerId, tool };
      tool.pointerDown(toolInput(input));
      emitPixels(transaction?.takeChanged() ?? []);
      updateStatus();
      emit({ kind: 'tool' });
    },
    pointerMove(input) {
      if (gesture?.pointerId !== input.pointerId) return;
      gesture.tool.pointerMove(toolInput(input));
      emitPixels(transaction?.takeChanged() ?? []);
    },
    pointerUp(input) {
      if (gesture?.pointerId !== input.pointerId) return;
      gesture.tool.pointerUp(toolInput(input));
      finishGesture();
    },
    pointerCancel(pointerId) {
      if (gesture?.pointerId !== pointerId) return;
      gesture.tool.cancel();
      finishGesture();
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose() {
      leave();
      endSettings();
      listeners.clear();
    },
  };
  const endSettings = toolSettings.subscribe(() => emit({ kind: 'tool' }));
  return editor;
};

