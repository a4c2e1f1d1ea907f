import type { Tool, ToolFactory, ToolPoint } from './tool.ts';

/** Drags the view. The image's point that was taken stays under the pointer. */
export const hand: ToolFactory = (context): Tool => {
  let held: ToolPoint | null = null;
  const dragTo = (point: ToolPoint | undefined): void => {
    if (held === null || point === undefined) return;
    context.panBy(point.xViewPx - held.xViewPx, point.yViewPx - held.yViewPx);
    held = point;
  };
  return {
    pointerDown: ({ points }) => {
      held = points.at(-1) ?? null;
    },
    pointerMove: ({ points }) => dragTo(points.at(-1)),
    pointerUp: ({ points }) => {
      dragTo(points.at(-1));
      held = null;
    },
    cancel: () => {
      held = null;
    },
    hint: () => 'Hand: drag to move the picture, the wheel zooms',
    cursor: () => ({ kind: held === null ? 'grab' : 'grabbing' }),
  };
};
