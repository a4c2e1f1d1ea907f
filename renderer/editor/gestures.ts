import type { ToolId, ToolSettingsStore } from '../stores/toolSettings.ts';
import type { MaskDocument } from './maskDocument.ts';
import { PinchGesture } from './pinch.ts';
import { tools } from './tools/index.ts';
import type { Tool, ToolContext, ToolInput } from './tools/tool.ts';
import type { Transaction } from './transaction.ts';
import type { CursorHint, Editor, Modifiers, PointerInput } from './types.ts';
import type { ViewControl } from './viewControl.ts';
import { viewToImageX, viewToImageY } from './viewport.ts';

type ImagePoint = { readonly xImagePx: number; readonly yImagePx: number };

export interface GestureParts {
  readonly toolSettings: ToolSettingsStore;
  readonly view: ViewControl;
  /** Null while nothing is loaded: gestures are without effect then. */
  readonly documentOf: () => MaskDocument | null;
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
}

export interface Gestures extends Pick<Editor, 'holdHand' | 'setModifiers' | 'pointerDown' | 'pointerMove' | 'pointerUp' | 'pointerCancel' | 'cancel'> {
  readonly isRunning: boolean;
  readonly cursor: CursorHint;
  /** Where the last stroke on this asset ended. */
  lastPoint: ImagePoint | null;
  /** The asset is being left: the stroke so far counts. */
  finish(): void;
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
  let modifiers: Modifiers = { shift: false, alt: false };
  const pinch = new PinchGesture(view);

  const context: ToolContext = {
    get settings() {
      return toolSettings.getState();
    },
    begin() {
      const document = parts.documentOf();
      if (document === null) throw new RangeError('A tool began without an image');
      transaction = document.begin();
      return transaction;
    },
    panBy: view.panBy,
    lastPoint: null,
  };
  const instances: Record<ToolId, Tool> = { brush: tools.brush(context), eraser: tools.eraser(context), hand: tools.hand(context) };
  const currentTool = (): Tool => (handHeld ? instances.hand : instances[toolSettings.getState().toolId]);
  const toolFor = (button: number): Tool | null => {
    if (button === middleButton) return instances.hand;
    if (button === eraserButton) return instances.eraser;
    return button === mainButton || (button === rightButton && currentTool() !== instances.hand) ? currentTool() : null;
  };

  const toolInput = (input: PointerInput, swaps: boolean): ToolInput => ({
    shift: input.shift,
    alt: input.alt || swaps,
    isPen: input.pointerType === 'pen',
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
    parts.onCursor();
  };
  const painted = (): void => {
    if (transaction !== null) parts.onPainted(transaction);
  };

  const gestures: Gestures = {
    get isRunning() {
      return running !== null;
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

    holdHand(held) {
      if (handHeld === held) return;
      handHeld = held;
      parts.onCursor();
    },
    setModifiers(next) {
      if (next.alt === modifiers.alt && next.shift === modifiers.shift) return;
      modifiers = { alt: next.alt, shift: next.shift };
      parts.onCursor();
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
      if (pinch.move(input) || running?.pointerId !== input.pointerId) return;
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
      if (running?.pointerId === pointerId) gestures.finish();
    },
    cancel() {
      if (running === null) return false;
      running.tool.cancel();
      end(parts.onCancelled);
      return true;
    },
    finish() {
      if (running === null) return;
      running.tool.cancel();
      end(parts.onFinished);
    },
  };
  return gestures;
};
