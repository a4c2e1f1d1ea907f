import type { PromptBox } from '../../../shared/prompts/prompt.ts';
import type { ImagePlace, PromptState } from './promptState.ts';

/** How far from a handle a press still means it, in viewPx: a fingertip's or a hurried mouse's aim. */
const reachViewPx = 10;
const edgeReachViewPx = 6;

/** Which of a box's edges move: a corner has one of each. */
export interface BoxHandle {
  readonly x: 'x0ImagePx' | 'x1ImagePx' | null;
  readonly y: 'y0ImagePx' | 'y1ImagePx' | null;
}

/** The point under the pointer, the one set last where several are; -1: none. @param scale viewPx an imagePx */
export const pointAt = ({ points }: PromptState, place: ImagePlace, scale: number): number =>
  points.findLastIndex(({ xImagePx, yImagePx }) => Math.hypot(xImagePx - place.xImagePx, yImagePx - place.yImagePx) * scale <= reachViewPx);

/** The part of the box under the pointer: corners before edges, the nearer one of two. */
export const boxHandleAt = (box: PromptBox, { xImagePx, yImagePx }: ImagePlace, scale: number): BoxHandle | null => {
  const nearer = <Edge extends keyof PromptBox>(place: number, a: Edge, b: Edge): { edge: Edge; away: number } => {
    const [toA, toB] = [Math.abs(place - box[a]) * scale, Math.abs(place - box[b]) * scale];
    return toA <= toB ? { edge: a, away: toA } : { edge: b, away: toB };
  };
  const x = nearer(xImagePx, 'x0ImagePx', 'x1ImagePx');
  const y = nearer(yImagePx, 'y0ImagePx', 'y1ImagePx');
  if (x.away <= reachViewPx && y.away <= reachViewPx) return { x: x.edge, y: y.edge };
  const isBeside = (place: number, from: number, to: number): boolean => place >= from && place <= to;
  if (x.away <= edgeReachViewPx && isBeside(yImagePx, box.y0ImagePx, box.y1ImagePx)) return { x: x.edge, y: null };
  if (y.away <= edgeReachViewPx && isBeside(xImagePx, box.x0ImagePx, box.x1ImagePx)) return { x: null, y: y.edge };
  return null;
};

/** The two corners of a box whose handle is dragged to a place; dragged over its other edge it turns round. */
export const draggedBox = (box: PromptBox, handle: BoxHandle, to: ImagePlace): readonly [ImagePlace, ImagePlace] => {
  const moved = { ...box, ...(handle.x === null ? {} : { [handle.x]: to.xImagePx }), ...(handle.y === null ? {} : { [handle.y]: to.yImagePx }) };
  return [
    { xImagePx: moved.x0ImagePx, yImagePx: moved.y0ImagePx },
    { xImagePx: moved.x1ImagePx, yImagePx: moved.y1ImagePx },
  ];
};

/** What counts as a drag and not as a click with an unsteady hand, in viewPx. */
export const leastDragViewPx = 3;
