import type { ToolId, ToolSettingsStore } from '../stores/toolSettings.ts';
import type { MaskDocument } from './maskDocument.ts';
import { PinchGesture } from './pinch.ts';
import { tools } from './tools/index.ts';
import type { Tool, ToolContext, ToolInput } from './tools/tool.ts';
import type { Transaction } from './transaction.ts';
import type { PromptSession } from './prompts/promptSession.ts';
import type { RasterPort } from './raster/rasterPort.ts';
import type { ToolMark } from './tools/marks.ts';
import type { CursorHint, Editor, MaskSource, Modifiers, PointerInput } from './types.ts';
import type { HeldOutlines } from './unfinished.ts';
import type { ViewControl } from './viewControl.ts';
import type { WorksInHand } from './worksInHand.ts';
import { viewToImageX, viewToImageY } from './viewport.ts';

type ImagePoint = { readonly xImagePx: number; readonly yImagePx: number };

export interface GestureParts {
  readonly toolSettings: ToolSettingsStore;
  readonly view: ViewControl;
  /** Null while nothing is loaded: gestures are without effect then. */
  readonly documentOf: () => MaskDocument | null;
  readonly assetKeyOf: () => string | null;
  readonly raster: RasterPort;
  readonly prompts: PromptSession;
  readonly works: WorksInHand;
  readonly onToolFailure: (error: unknown) => void;
  readonly onToolNote: (message: string) => void;
  readonly commit: (paint: (transaction: Transaction) => void) => boolean;
  readonly propose: (mask: MaskSource | null) => void;
  readonly accept: () => boolean;
  readonly drop: () => boolean;
  /** Pixels may have changed in the gesture that runs. */
  readonly onPainted: (transaction: Transaction) => void;
  /** A gesture has begun. */
  readonly onBegan: () => void;
  /** It is over and counts; its transaction (null when it painted nothing) is still open. */
  readonly onFinished: (transaction: Transaction | null) => void;
  /** It never happened; its transaction is still open. */
  readonly onCancelled: (transaction: Transaction | null) => void;
  /** The cursor may look different. */
  readonly onCursor: () => void;
  /** So may the tool's marks and its hint. */
  readonly onMarks: () => void;
}

export interface Gestures extends Pick<Editor, 'holdHand' | 'isReadOnly' | 'setReadOnly' | 'setModifiers' | 'pointerDown' | 'pointerMove' | 'pointerUp' | 'pointerCancel' | 'pointerLeave' | 'cancel' | 'toolKey' | 'marks'> {
  readonly isRunning: boolean;
  /** A stroke is being painted: the document is not to be changed under it. */
  readonly isPainting: boolean;
  readonly cursor: CursorHint;
  /** What a click would do. */
  readonly hint: string;
  /** Undo or redo within what the tool has begun. @returns whether there was anything */
  toolStep(direction: 'undo' | 'redo'): boolean;
  /** @returns whether it was of use to the tool */
  toolWheel(direction: -1 | 1, xViewPx: number, yViewPx: number): boolean;
  /** Another item is on the desk. @param held what was begun on it at an earlier visit */
  loaded(held: HeldOutlines): void;
  /** What tools have begun on the item in hand and not completed. */
  readonly held: HeldOutlines;
  /** Where the last stroke on this asset ended. */
  lastPoint: ImagePoint | null;
  /** The stroke so far counts. */
  endStroke(): void;
  /** The asset is being left: the stroke so far counts, and what the tool has completed. */
  finish(): void;
  dispose(): void;
}

interface Running {
  readonly pointerId: number;
  readonly tool: Tool;
  /** The right button: the brush erases and the eraser adds. */
  readonly swaps: boolean;
}

const mainButton = 0;
const middleButton = 1;
const rightButton = 2;
/** A pen turned round. */
const eraserButton = 5;

/** From pointer events to tools: which tool a button means, one gesture at a time, two fingers for the view. */
export const createGestures = (parts: GestureParts): Gestures => {
  const { toolSettings, view } = parts;
  let running: Running | null = null;
  let transaction: Transaction | null = null;
  let handHeld = false;
  let isReadOnly = false;
  let modifiers: Modifiers = { shift: false, alt: false };
  const pinch = new PinchGesture(view);
  const painting = new Set<() => void>();

  const context: ToolContext = {
    get settings() {
      return toolSettings.getState();
    },
    get document() {
      return parts.documentOf();
    },
    get assetKey() {
      return parts.assetKeyOf();
    },
    get scale() {
      return view.viewport.scale;
    },
    raster: parts.raster,
    prompts: parts.prompts,
    commit: parts.commit,
    propose: parts.propose,
    accept: parts.accept,
    drop: parts.drop,
    fail: parts.onToolFailure,
    say: parts.onToolNote,
    refresh: () => parts.onMarks(),
    follow: (work) => void parts.works.follow(work),
    untilPainted: () => (transaction === null ? Promise.resolve() : new Promise((resolve) => painting.add(resolve))),
    begin() {
      parts.accept();
      const document = parts.documentOf();
      if (document === null) throw new RangeError('A tool began without an image');
      transaction = document.begin();
      return transaction;
    },
    panBy: view.panBy,
    lastPoint: null,
  };
  const instances = Object.fromEntries(Object.entries(tools).map(([toolId, create]) => [toolId, create(context)])) as Record<ToolId, Tool>;
  const chosenTool = (): Tool => instances[toolSettings.getState().toolId];
  /** While the picture is only being moved, what the chosen tool has begun stays: its marks, its keys, its steps. */
  const currentTool = (): Tool => (handHeld || isReadOnly ? instances.hand : chosenTool());
  const toolFor = (button: number): Tool | null => {
    if (button === middleButton) return instances.hand;
    if (button === eraserButton && !isReadOnly) return instances.eraser;
    return button === mainButton || (button === rightButton && currentTool() !== instances.hand) ? currentTool() : null;
  };

  const toolInput = (input: PointerInput, swaps: boolean): ToolInput => ({
    shift: input.shift,
    alt: input.alt || swaps,
    isPen: input.pointerType === 'pen',
    clickCount: input.clickCount ?? 1,
    points: input.samples.map((sample) => ({
      ...sample,
      xImagePx: viewToImageX(view.viewport, sample.xViewPx),
      yImagePx: viewToImageY(view.viewport, sample.yViewPx),
    })),
  });

  const end = (tell: (open: Transaction | null) => void): void => {
    running = null;
    const open = transaction;
    transaction = null;
    tell(open);
    for (const resolve of painting) resolve();
    painting.clear();
    parts.onCursor();
    parts.onMarks();
  };
  /** The stroke so far counts. */
  const endStroke = (): void => {
    if (running === null) return;
    const { tool } = running;
    if (tool.finish === undefined) tool.cancel();
    else tool.finish();
    end(parts.onFinished);
  };
  const painted = (): void => {
    if (transaction !== null) parts.onPainted(transaction);
  };

  const gestures: Gestures = {
    get isRunning() {
      return running !== null;
    },
    get isPainting() {
      return transaction !== null;
    },
    get cursor() {
      const swaps = running?.swaps ?? false;
      const hint = (running?.tool ?? currentTool()).cursor({ ...modifiers, alt: modifiers.alt || swaps });
      if (hint.kind !== 'ring' || running !== null || !modifiers.shift || context.lastPoint === null) return hint;
      return { ...hint, lineFromImagePx: context.lastPoint };
    },
    get lastPoint() {
      return context.lastPoint;
    },
    set lastPoint(point) {
      context.lastPoint = point;
    },

    isReadOnly: () => isReadOnly,
    setReadOnly(next) {
      if (isReadOnly === next) return;
      isReadOnly = next;
      parts.onCursor();
      parts.onMarks();
    },
    holdHand(held) {
      if (handHeld === held) return;
      handHeld = held;
      parts.onCursor();
      parts.onMarks();
    },
    setModifiers(next) {
      if (next.alt === modifiers.alt && next.shift === modifiers.shift) return;
      modifiers = { alt: next.alt, shift: next.shift };
      parts.onCursor();
      parts.onMarks();
    },

    pointerDown(input) {
      if (parts.documentOf() === null) return;
      if (pinch.down(input)) {
        // The first finger was the beginning of this: what it painted was not meant.
        gestures.cancel();
        return;
      }
      const tool = running === null ? toolFor(input.button) : null;
      if (tool === null) return;
      running = { pointerId: input.pointerId, tool, swaps: input.button === rightButton };
      tool.pointerDown(toolInput(input, running.swaps));
      painted();
      parts.onBegan();
      parts.onCursor();
    },
    pointerMove(input) {
      if (pinch.move(input)) return;
      if (running === null) {
        if (input.pointerType !== 'touch' && parts.documentOf() !== null) currentTool().hover?.(toolInput(input, false));
        return;
      }
      if (running.pointerId !== input.pointerId) return;
      running.tool.pointerMove(toolInput(input, running.swaps));
      painted();
    },
    pointerUp(input) {
      pinch.up(input.pointerId);
      if (running?.pointerId !== input.pointerId) return;
      running.tool.pointerUp(toolInput(input, running.swaps));
      end(parts.onFinished);
    },
    pointerCancel(pointerId) {
      pinch.up(pointerId);
      if (running?.pointerId === pointerId) endStroke();
    },
    pointerLeave() {
      if (running === null) currentTool().hoverEnd?.();
    },
    toolKey: (key) => !isReadOnly && parts.documentOf() !== null && running === null && (chosenTool().key?.(key, modifiers) ?? false),
    toolWheel: (direction, xViewPx, yViewPx) =>
      parts.documentOf() !== null && (chosenTool().wheel?.(direction, { xImagePx: viewToImageX(view.viewport, xViewPx), yImagePx: viewToImageY(view.viewport, yViewPx) }) ?? false),
    get marks(): readonly ToolMark[] {
      return parts.documentOf() === null ? [] : (chosenTool().marks?.() ?? []);
    },
    get hint() {
      return parts.documentOf() === null ? '' : (running?.tool ?? currentTool()).hint(modifiers);
    },
    toolStep: (direction) => (direction === 'undo' ? chosenTool().undo?.() : chosenTool().redo?.()) ?? false,
    loaded(held) {
      for (const [toolId, tool] of Object.entries(instances) as [ToolId, Tool][]) tool.loaded?.(held[toolId] ?? null);
    },
    get held() {
      const held = (Object.entries(instances) as [ToolId, Tool][]).map(([toolId, tool]) => [toolId, tool.hold?.() ?? null] as const);
      return Object.fromEntries(held.filter(([, outline]) => outline !== null)) as HeldOutlines;
    },
    endStroke,
    cancel() {
      if (running === null) return false;
      running.tool.cancel();
      end(parts.onCancelled);
      return true;
    },
    finish() {
      endStroke();
      instances[toolSettings.getState().toolId].leave?.();
    },
    dispose: () => endSettings(),
  };
  const endSettings = toolSettings.subscribe((now, before) => {
    if (now.toolId === before.toolId) {
      if (parts.documentOf() !== null) instances[now.toolId].settingsChanged?.();
      return;
    }
    // A key in the middle of a stroke: the stroke goes on with the tool that it was begun with, and what that tool had begun ends now.
    if (parts.documentOf() !== null) instances[before.toolId].leave?.();
    parts.accept();
    parts.onMarks();
  });
  return gestures;
};
