import { joinHint } from '../prompts/joinHints.ts';
import { PointDrag } from '../prompts/pointDrag.ts';
import { promptMarks } from '../prompts/promptMarks.ts';
import type { Tool, ToolFactory } from './tool.ts';

/**
 * Clicks tell a model what to keep and what to leave out; the mask follows. Points stay: they can be dragged and removed. The prompts themselves, and
 * what becomes of them, are the pane's session.
 */
export const point: ToolFactory = (context): Tool => {
  const points = new PointDrag(context);
  const { prompts } = context;
  return {
    pointerDown(input) {
      const at = input.points[0];
      if (at !== undefined && !points.grab(at, input)) points.place(at, input);
    },
    pointerMove: (input) => points.move(input.points.at(-1)),
    pointerUp(input) {
      points.move(input.points.at(-1));
      points.end();
    },
    finish: () => points.end(),
    cancel: () => points.cancel(),
    hover(input) {
      const at = input.points.at(-1);
      if (at === undefined || context.document === null) return;
      points.hover(at);
      const wanted = context.settings.options.point.showsHover && !points.isOverPoint ? points.promptsAt(at, input) : null;
      if (wanted === null) prompts.endHover();
      else prompts.hover(wanted);
    },
    hoverEnd: () => points.hoverEnd(),
    key(key) {
      if (key === 'Escape') return prompts.end();
      return key === 'Delete' && points.removeActive();
    },
    undo: () => prompts.undo(),
    redo: () => prompts.redo(),
    leave() {
      points.end();
      points.hoverEnd();
    },
    cursor: () => ({ kind: points.isDragging ? 'move' : points.isOverPoint ? 'pointer' : prompts.status.getState().phase === 'preparing' && prompts.isAnswering ? 'progress' : 'crosshair' }),
    hint({ shift, alt }) {
      const { phase, waiting, isOpen, fromMask } = prompts.status.getState();
      if (phase === 'preparing' && waiting > 0) return 'Point: the picture is being read, clicks are answered when that is done, Esc cancels';
      if (points.isOverPoint) return alt ? 'Point: click to remove this point' : 'Point: drag to move this point, Delete, Alt or the right button removes it';
      if (shift) return alt ? 'Point: click to take another object out of the mask' : 'Point: click to add another object to the mask';
      if (alt) return 'Point: click what is to be left out';
      if (isOpen) return `Point: click what belongs to it (${joinHint(prompts.state?.join ?? 'replace', fromMask)}), Alt or the right button for what does not, Shift for another object, Esc ends`;
      const { point: options } = context.settings.options;
      return `Point: click an object, ${joinHint(options.join, options.fromMask)}; Alt or the right button for what is no part of it`;
    },
    marks: () => promptMarks(prompts, points.active),
  };
};
