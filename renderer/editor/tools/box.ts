import { joinHint } from '../prompts/joinHints.ts';
import { PointDrag } from '../prompts/pointDrag.ts';
import { boxHandleAt, draggedBox, leastDragViewPx, type BoxHandle } from '../prompts/promptHandles.ts';
import { promptMarks } from '../prompts/promptMarks.ts';
import { boxBetween, firstState, withBox, type PromptState } from '../prompts/promptState.ts';
import type { PromptBox } from '../../../shared/prompts/prompt.ts';
import type { CursorHint } from '../types.ts';
import type { Tool, ToolFactory, ToolInput, ToolPoint } from './tool.ts';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'points' }
  /** A corner or an edge of the box that is there. */
  | { readonly kind: 'reshaping'; readonly handle: BoxHandle; readonly box: PromptBox; readonly on: PromptState; latest: PromptState | null }
  | { readonly kind: 'drawing'; readonly from: ToolPoint; readonly on: PromptState; latest: PromptState | null };

/** A drag around what to keep; the box stays, with edges and corners to be dragged. The points of the same prompts can be dragged here too. */
export const box: ToolFactory = (context): Tool => {
  const points = new PointDrag(context);
  const { prompts } = context;
  let state: State = { kind: 'idle' };
  let isOverHandle = false;

  const handleUnder = (at: ToolPoint): { handle: BoxHandle; box: PromptBox; on: PromptState } | null => {
    const on = prompts.state;
    if (on === null || on.box === null) return null;
    const handle = boxHandleAt(on.box, at, context.scale);
    return handle === null ? null : { handle, box: on.box, on: { ...on, begins: false } };
  };

  const follow = (to: ToolPoint | undefined): void => {
    const { document } = context;
    if (to === undefined || document === null || state.kind === 'idle' || state.kind === 'points') return;
    const [a, b] = state.kind === 'drawing' ? [state.from, to] : draggedBox(state.box, state.handle, to);
    if (state.kind === 'drawing' && Math.hypot(to.xViewPx - state.from.xViewPx, to.yViewPx - state.from.yViewPx) < leastDragViewPx) return;
    const dragged = boxBetween(a, b, document.widthPx, document.heightPx);
    if (dragged === null) return;
    state.latest = withBox(state.on, dragged);
    prompts.live(state.latest);
  };

  const begin = (input: ToolInput, at: ToolPoint): void => {
    if (points.grab(at, input)) {
      state = { kind: 'points' };
      return;
    }
    const under = input.shift ? null : handleUnder(at);
    if (under !== null) {
      state = { kind: 'reshaping', ...under, latest: null };
      return;
    }
    const { join, fromMask, cleanCells } = context.settings.options.point;
    const isAnother = input.shift || input.alt;
    state = { kind: 'drawing', from: at, on: isAnother ? firstState(input.alt ? 'subtract' : 'add', false, cleanCells) : prompts.next({ join, fromMask, cleanCells }), latest: null };
  };

  const finish = (): void => {
    const ended = state;
    state = { kind: 'idle' };
    if (ended.kind === 'points') points.end();
    else if (ended.kind !== 'idle' && ended.latest !== null) prompts.settle(ended.latest);
  };

  return {
    pointerDown(input) {
      const at = input.points[0];
      if (at !== undefined) begin(input, at);
    },
    pointerMove(input) {
      if (state.kind === 'points') points.move(input.points.at(-1));
      else follow(input.points.at(-1));
    },
    pointerUp(input) {
      if (state.kind === 'points') points.move(input.points.at(-1));
      else follow(input.points.at(-1));
      finish();
    },
    finish,
    cancel() {
      points.cancel();
      state = { kind: 'idle' };
      prompts.dropLive();
    },
    hover(input) {
      const at = input.points.at(-1);
      if (at === undefined) return;
      points.hover(at);
      const isOver = handleUnder(at) !== null;
      if (isOver === isOverHandle) return;
      isOverHandle = isOver;
      context.refresh();
    },
    hoverEnd() {
      points.hoverEnd();
      isOverHandle = false;
    },
    key(key) {
      if (key === 'Escape') return prompts.end();
      if (key !== 'Delete') return false;
      if (points.isOverPoint) return points.removeActive();
      const on = prompts.state;
      if (on === null || on.box === null) return false;
      prompts.settle(withBox({ ...on, begins: false }, null));
      return true;
    },
    undo: () => prompts.undo(),
    redo: () => prompts.redo(),
    leave() {
      finish();
      points.hoverEnd();
    },
    cursor(): CursorHint {
      if (state.kind === 'points' || state.kind === 'reshaping') return { kind: 'move' };
      return { kind: points.isOverPoint || isOverHandle ? 'pointer' : 'crosshair' };
    },
    hint({ shift, alt }) {
      const { phase, waiting, hasBox } = prompts.status.getState();
      if (phase === 'preparing' && waiting > 0) return 'Box: the picture is being read, the box is answered when that is done, Esc cancels';
      if (points.isOverPoint) return 'Box: drag to move this point, Delete, Alt or the right button removes it';
      if (isOverHandle && !shift) return 'Box: drag to move this edge, Delete removes the box';
      if (alt) return 'Box: drag around what to take out of the mask';
      if (shift) return 'Box: drag around another object to add it to the mask';
      const { point: options } = context.settings.options;
      return hasBox ? 'Box: drag an edge or a corner, or a new box; Shift for another object, Delete removes it, Esc ends' : `Box: drag around an object, ${joinHint(options.join, options.fromMask)}; Shift adds it, Alt takes it out`;
    },
    marks: () => promptMarks(prompts, points.active),
  };
};
