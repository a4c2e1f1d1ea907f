import { BugError, CancelledError, present } from '../../shared/errors/errors.ts';
import type { Edit } from '../../shared/edits/edit.ts';
import type { Matte } from '../../shared/edits/matte.ts';
import type { TileState } from '../../shared/edits/tileState.ts';
import type { Rect } from '../../shared/mask/rect.ts';
import { createEditorStatus } from '../stores/editorStatus.ts';
import { clampBrushSizePx, createToolSettings, stepBrushSizePx, tipInHand, withTipInHand } from '../stores/toolSettings.ts';
import { catchUp, forgottenWork, freshWork, remembered, returnedWork, type AssetWork, type WorkParts } from './assetWork.ts';
import { editBetween } from './editBetween.ts';
import { createGestures } from './gestures.ts';
import { defaultHistoryLimitBytes, defaultHistoryMemoryBytes } from './history.ts';
import { HistoryStore, type AssetSession } from './historyStore.ts';
import { tilesOf } from './maskSource.ts';
import { PreviewSlot } from './prompts/preview.ts';
import { noPromptPorts } from './prompts/promptPorts.ts';
import { PromptSession } from './prompts/promptSession.ts';
import { Mattes } from './matte/mattes.ts';
import { MatteTrail } from './matte/matteTrail.ts';
import { Proposals } from './proposals.ts';
import { createDirectRaster } from './raster/directRaster.ts';
import type { Transaction } from './transaction.ts';
import type { Editor, EditorChange, EditorOptions, LoadRequest } from './types.ts';
import { unfinishedOf } from './unfinished.ts';
import { Stepper, type Step } from './stepper.ts';
import { createViewControl } from './viewControl.ts';
import { zoomOf } from './viewport.ts';
import { WorksInHand } from './worksInHand.ts';

/** One pane's engine, see types.ts. It is the only place that knows documents, history, tools and view; each of them knows none of the others. */
export const createEditor = (options: EditorOptions = {}): Editor => {
  const status = createEditorStatus();
  const toolSettings = options.toolSettings ?? createToolSettings();
  const histories = options.histories ?? new HistoryStore();
  const parts: WorkParts = {
    limitBytes: options.historyLimitBytes ?? defaultHistoryLimitBytes,
    memoryBytes: options.historyMemoryBytes ?? defaultHistoryMemoryBytes,
    archive: options.archive ?? null,
    onArchiveFailure: (error) => options.onArchiveFailure?.(error),
  };
  const listeners = new Set<(change: EditorChange) => void>();
  const preview = new PreviewSlot();
  const works = new WorksInHand();
  let work: AssetWork | null = null;
  /** How often something that was asked for was taken back, or has failed. */
  let missed = 0;

  const emit = (change: EditorChange): void => {
    for (const listener of [...listeners]) listener(change);
  };
  const emitPixels = (rects: readonly Rect[]): void => {
    if (rects.length > 0) emit({ kind: 'pixels', rects });
  };

  const updateStatus = (): void => {
    const history = work?.history;
    status.setState({
      assetKey: work?.assetKey ?? null,
      revisionId: work?.revisionId ?? null,
      widthPx: work?.document.widthPx ?? 0,
      heightPx: work?.document.heightPx ?? 0,
      zoom: zoomOf(view.viewport),
      isFit: view.viewport.isFit,
      canUndo: history?.canUndo ?? false,
      canRedo: history?.canRedo ?? false,
      isDirty: editor.isDirty,
      isGestureRunning: editor.isGestureRunning,
      hasMatte: mattes.shown !== null,
      isMatteComing: mattes.isComing,
      isProposing: proposals.isOpen,
      hint: gestures.hint,
      historyItems: history?.length ?? 0,
      historyBytes: history?.bytes ?? 0,
      historyItemsOnDisk: history?.stepsOnDisk ?? 0,
    });
  };

  /** After a gesture or a step the picture goes first. */
  const updateStatusLater = (): void => (options.later ?? ((work) => work()))(updateStatus);

  const tell = (kind: 'marks' | 'matte'): void => {
    updateStatusLater();
    emit({ kind });
  };

  /** Takes an edit whose pixels are shown already. */
  const remember = (edit: Edit | null, matte: Matte | null = null): void => {
    if (edit === null || work === null) return;
    work = remembered(work, edit);
    mattes.painted(matte);
    prompts.painted(work.history.applied);
    updateStatusLater();
    emit({ kind: 'committed', direction: 'forward' });
    prompts.stepped();
  };

  const accept = (): boolean => proposals.accept();
  const commit = (paint: (transaction: Transaction) => void): boolean => {
    if (work === null || gestures.isReadOnly()) return false;
    accept();
    const transaction = work.document.begin();
    paint(transaction);
    emitPixels(transaction.takeChanged());
    const edit = transaction.commit();
    remember(edit);
    return edit !== null;
  };

  const view = createViewControl(
    () => work?.document ?? null,
    () => {
      updateStatus();
      emit({ kind: 'viewport' });
    },
  );

  const raster = options.raster ?? createDirectRaster(() => Promise.reject(new BugError('This editor was given no photos')));
  const onToolFailure = (error: unknown): void => {
    if (error instanceof CancelledError) return;
    missed++;
    options.onToolFailure?.(error);
  };
  const mattes = new Mattes({
    mask: () => work?.document.state ?? null,
    step: () => work?.history.applied ?? 0,
    changed: () => tell('matte'),
  });
  const proposals = new Proposals({
    get document() {
      return work?.document ?? null;
    },
    mattes,
    onPixels: emitPixels,
    onAccepted: remember,
    onChanged: updateStatusLater,
  });
  const prompts = new PromptSession(
    {
      get mask() {
        return work?.document.state ?? null;
      },
      get step() {
        return work?.history.applied ?? 0;
      },
      get isPainting() {
        return gestures.isPainting;
      },
      raster,
      accept: () => void accept(),
      replace: (mask) => replace(mask),
      refresh: () => tell('marks'),
      fail: onToolFailure,
    },
    options.prompts ?? noPromptPorts,
    preview,
  );

  const gestures = createGestures({
    toolSettings,
    view,
    documentOf: () => work?.document ?? null,
    assetKeyOf: () => work?.assetKey ?? null,
    raster,
    prompts,
    works,
    onToolFailure,
    onToolNote: (message) => options.onToolNote?.(message),
    commit,
    propose: (mask) => (gestures.isReadOnly() ? undefined : proposals.show('tool', mask)),
    accept,
    drop: () => proposals.drop(),
    onPainted: (transaction) => emitPixels(transaction.takeChanged()),
    onBegan() {
      stepper.clear();
      updateStatusLater();
    },
    onFinished(transaction) {
      const edit = transaction === null ? null : (emitPixels(transaction.takeChanged()), transaction.commit());
      if (edit === null) updateStatusLater();
      remember(edit);
      prompts.freed();
    },
    onCancelled(transaction) {
      const rects = transaction?.rollBack() ?? [];
      updateStatusLater();
      emitPixels(rects);
      prompts.freed();
    },
    onCursor: () => emit({ kind: 'tool' }),
    onMarks: () => tell('marks'),
  });

  const { holdHand, isReadOnly, setReadOnly, setModifiers } = gestures;

  const applied = (target: AssetWork, edit: Edit, direction: 'forward' | 'back'): void => {
    const rects = target.document.apply(edit);
    emitPixels(rects);
    updateStatusLater();
    mattes.stepped();
    emit({ kind: 'committed', direction });
    prompts.stepped();
  };

  const stepper = new Stepper(applied);

  /** Another mask of the same size as one step; nothing when it is the same. */
  const replace = (tiles: TileState): void => {
    if (work === null || gestures.isReadOnly()) return;
    accept();
    stepper.clear();
    const edit = editBetween(work.document.state, tiles);
    if (edit === null) return;
    work = remembered(work, edit);
    mattes.painted(null);
    prompts.painted(work.history.applied);
    applied(work, edit, 'forward');
  };

  /** What is asked for and not in the mask yet is the latest thing done, whatever tool is in hand by now. */
  const takeBackPending = (): boolean => works.cancel() || prompts.undo();
  /** Whoever awaits what is pending is told that it was not wanted after all. */
  const takesBack = (takeBack: () => boolean): boolean => {
    if (editor.isPending) missed++;
    return takeBack();
  };
  const waitingClicks = (): number => prompts.status.getState().waiting;
  const endWaiting = (): boolean => waitingClicks() > 0 && prompts.end();

  const applyStep = (direction: 'undo' | 'redo', step: Step): boolean => {
    if (gestures.cancel() || gestures.toolStep(direction) || (direction === 'undo' ? takeBackPending() || proposals.drop() : prompts.redo())) return true;
    accept();
    return work !== null && stepper.take(work, step);
  };

  const leave = (): void => {
    gestures.finish();
    accept();
    works.abandon();
    const trail = prompts.leave();
    const matteTrail = mattes.leave();
    stepper.clear();
    if (work === null) return;
    const { assetKey, revisionId, history, keeper, document, isForgotten } = work;
    const outlines = gestures.held;
    work = null;
    if (isForgotten && unfinishedOf(trail?.pending.length ?? 0, outlines) === null) return;
    void keeper?.flush();
    histories.keep(assetKey, { revisionId, isForgotten, state: document.state, history, keeper, prompts: trail, mattes: matteTrail, outlines, lastPoint: gestures.lastPoint });
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
      return gestures.cursor;
    },
    prompts,
    preview,
    mattes,
    get assetKey() {
      return work?.assetKey ?? null;
    },
    get revisionId() {
      return work?.revisionId ?? null;
    },
    get marks() {
      return gestures.marks;
    },
    get isProposing() {
      return proposals.isOpen;
    },
    get isPending() {
      return works.isPending || prompts.isAnswering;
    },
    get unfinished() {
      return work === null ? null : unfinishedOf(waitingClicks(), gestures.held);
    },
    get isGestureRunning() {
      return gestures.isRunning || proposals.isOpen;
    },
    get isDirty() {
      return proposals.changesSomething || mattes.isProposed || (work?.history.isDirty ?? false);
    },

    load(request) {
      leave();
      const session = histories.take(request.assetKey);
      const returned = session !== null && !session.isForgotten && session.revisionId === request.revisionId ? session : null;
      work = returned === null ? freshWork(parts, request, tilesOrEmptyPane(request, session)) : returnedWork(request.assetKey, returned);
      const isAhead = returned === null && catchUp(work, request.kept?.applied ?? 0);
      gestures.lastPoint = returned?.lastPoint ?? null;
      view.show(work.document);
      // Of another revision's visit what was never in the mask is as good as ever.
      prompts.enter(request.assetKey, returned === null ? (session?.prompts?.waitingAlone() ?? null) : returned.prompts);
      mattes.enter(returned?.mattes ?? new MatteTrail(request.mattes?.() ?? null, work.isContinued));
      gestures.loaded(session?.outlines ?? {});
      updateStatus();
      emit({ kind: 'loaded' });
      if (isAhead) emit({ kind: 'committed', direction: 'forward' });
      return returned === null ? 'fresh' : 'restored';
    },
    unload() {
      leave();
      updateStatus();
      emit({ kind: 'loaded' });
    },
    forget(assetKey) {
      void histories.take(assetKey)?.keeper?.end();
      if (work?.assetKey !== assetKey) return;
      gestures.cancel();
      works.abandon();
      proposals.drop();
      stepper.clear();
      mattes.forgotten();
      work = forgottenWork(parts, work);
      prompts.forgotten();
      updateStatus();
    },
    markSaved(revisionId) {
      accept();
      if (work === null) return;
      work.revisionId = revisionId;
      work.history.markSaved();
      updateStatus();
    },
    mark() {
      accept();
      const { assetKey, history } = present(work, 'The mask to mark');
      return { assetKey, state: history.mark() };
    },
    settle({ assetKey, state }, revisionId) {
      state.history.markSaved(state);
      if (work?.assetKey !== assetKey) return histories.rebase(assetKey, revisionId);
      work.revisionId = revisionId;
      updateStatus();
      return work.history.isDirty;
    },
    release: ({ state }) => state.history.release(state),
    replaceMask(mask) {
      if (work === null || gestures.isReadOnly()) return;
      gestures.cancel();
      works.abandon();
      replace(tilesOf(mask));
      prompts.replaced();
    },
    toRle() {
      accept();
      return present(work, 'The mask to encode').document.toRle();
    },
    toBitmap() {
      accept();
      return present(work, 'The mask to read').document.toBitmap();
    },
    propose(mask, matte = null) {
      gestures.cancel();
      if (!gestures.isReadOnly()) proposals.show('panel', mask, matte);
    },
    accept,
    drop: () => proposals.drop(),
    follow: (asked) => works.follow(asked),
    finishGesture: () => gestures.endStroke(),
    async settled({ leavesReading } = { leavesReading: false }) {
      gestures.endStroke();
      const before = missed;
      const awaitsPrompts = (): boolean => prompts.isAnswering && !(leavesReading && prompts.status.getState().phase === 'preparing');
      while (works.isPending || awaitsPrompts()) {
        await works.settled();
        if (awaitsPrompts()) await prompts.settled();
      }
      return missed === before;
    },

    undo: () => !gestures.isReadOnly() && takesBack(() => applyStep('undo', (history) => history.undo())),
    redo: () => !gestures.isReadOnly() && applyStep('redo', (history) => history.redo()),
    cancel: () => takesBack(() => gestures.cancel() || gestures.toolKey('Escape') || works.cancel() || endWaiting() || proposals.drop()),
    toolKey: (key) => (key === 'Escape' ? takesBack(() => gestures.toolKey(key)) : gestures.toolKey(key)),
    flushHistory: () => work?.keeper?.flush() ?? Promise.resolve(),

    setTool: (toolId) => toolSettings.setState({ toolId }),
    setBrushSize: (sizePx) => toolSettings.setState((settings) => withTipInHand(settings, { sizePx: clampBrushSizePx(sizePx) })),
    stepBrushSize: (direction) => toolSettings.setState((settings) => withTipInHand(settings, { sizePx: stepBrushSizePx(tipInHand(settings).sizePx, direction) })),
    stepSizeAt: (direction, xViewPx, yViewPx) => void (gestures.toolWheel(direction, xViewPx, yViewPx) || editor.stepBrushSize(direction)),
    refreshMarks: () => tell('marks'),
    setHardness: (hardness) => toolSettings.setState((settings) => withTipInHand(settings, { hardness: Math.min(1, Math.max(0, hardness)) })),
    ...{ holdHand, isReadOnly, setReadOnly, setModifiers },

    setViewSize: view.setViewSize,
    zoomTo: view.zoomTo,
    showRect: view.showRect,
    zoomBy: view.zoomBy,
    panBy: view.panBy,
    setViewport: view.setViewport,

    pointerDown: gestures.pointerDown,
    pointerMove: gestures.pointerMove,
    pointerUp: gestures.pointerUp,
    pointerCancel: gestures.pointerCancel,
    pointerLeave: gestures.pointerLeave,

    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose() {
      leave();
      gestures.dispose();
      endSettings();
      listeners.clear();
    },
  };
  const endSettings = toolSettings.subscribe(() => {
    updateStatusLater();
    emit({ kind: 'tool' });
  });
  return editor;
};
