import type { ToolMark } from '../tools/marks.ts';
import type { PromptSession } from './promptSession.ts';

/** The prompts over the picture: the line that a click would draw, the box with its corners, the points on top. @param active the point that a key would remove; -1: none */
export const promptMarks = ({ state, outline }: PromptSession, active: number): readonly ToolMark[] => {
  const marks: ToolMark[] = outline.map((points) => ({ kind: 'path', points, isClosed: false, line: 'wanted' }));
  if (state === null) return marks;
  const { box, points } = state;
  if (box !== null) {
    marks.push({ kind: 'box', ...box, line: 'firm' });
    for (const xImagePx of [box.x0ImagePx, box.x1ImagePx]) {
      for (const yImagePx of [box.y0ImagePx, box.y1ImagePx]) marks.push({ kind: 'handle', at: { xImagePx, yImagePx }, shape: 'corner', isActive: false });
    }
  }
  for (const [index, point] of points.entries()) {
    marks.push({ kind: 'handle', at: point, shape: point.label === 1 ? 'positive' : 'negative', isActive: index === active });
  }
  return marks;
};
