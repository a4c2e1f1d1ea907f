import { moveCopy, scaleCopy, stepCopySizeAbout, useCopying } from '../../stores/copying.ts';
import type { Rect } from '../../../shared/mask/rect.ts';
import type { ToolMark } from './marks.ts';
import type { Tool, ToolFactory, ToolKey, ToolPoint } from './tool.ts';

/** How near to a corner a press takes it, viewPx. */
const gripViewPx = 10;
/** Shift makes arrows larger. */
const farStepPx = 10;

const arrows: Partial<Record<ToolKey, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const cornersOf = ({ xPx, yPx, widthPx, heightPx }: Rect): readonly (readonly [number, number])[] => [
  [xPx, yPx],
  [xPx + widthPx, yPx],
  [xPx + widthPx, yPx + heightPx],
  [xPx, yPx + heightPx],
];

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'moving'; last: ToolPoint }
  /** By a corner: the opposite one stays. */
  | { readonly kind: 'scaling'; readonly fixed: readonly [number, number]; distancePx: number };

/** Puts a mask that comes from another picture in place (stores/copying.ts): drag moves it, its corners and the wheel scale it, arrow keys nudge it. */
export const place: ToolFactory = (context): Tool => {
  let state: State = { kind: 'idle' };
  /** Both panes have the tool in hand, one has the picture. */
  const isHere = (): boolean => context.assetKey !== null && useCopying.getState().targetKey === context.assetKey;
  const distanceTo = ([x, y]: readonly [number, number], point: ToolPoint): number => Math.max(1, Math.hypot(point.xImagePx - x, point.yImagePx - y));

  const dragTo = (point: ToolPoint | undefined): void => {
    if (point === undefined) return;
    if (state.kind === 'moving') {
      moveCopy(point.xImagePx - state.last.xImagePx, point.yImagePx - state.last.yImagePx);
      state.last = point;
    } else if (state.kind === 'scaling') {
      const distancePx = distanceTo(state.fixed, point);
      scaleCopy(distancePx / state.distancePx, ...state.fixed);
      state.distancePx = distancePx;
    }
  };

  return {
    pointerDown({ points }) {
      const point = points.at(-1);
      const { box } = useCopying.getState();
      if (point === undefined || !isHere()) return;
      const corners = box === null ? [] : cornersOf(box);
      const taken = corners.findIndex((corner) => distanceTo(corner, point) * context.scale <= gripViewPx);
      const fixed = corners[(taken + 2) % 4];
      state = taken === -1 || fixed === undefined ? { kind: 'moving', last: point } : { kind: 'scaling', fixed, distancePx: distanceTo(fixed, point) };
    },
    pointerMove: ({ points }) => dragTo(points.at(-1)),
    pointerUp({ points }) {
      dragTo(points.at(-1));
      state = { kind: 'idle' };
    },
    cancel() {
      state = { kind: 'idle' };
    },
    key(key, { shift }) {
      const arrow = arrows[key];
      if (arrow === undefined || !isHere()) return false;
      moveCopy(arrow[0] * (shift ? farStepPx : 1), arrow[1] * (shift ? farStepPx : 1));
      return true;
    },
    wheel(direction, { xImagePx, yImagePx }) {
      if (!isHere()) return false;
      stepCopySizeAbout(direction, xImagePx, yImagePx);
      return true;
    },
    cursor: () => ({ kind: 'move' }),
    hint: () => 'Drag to move the copied mask, a corner or Alt+wheel to scale it; arrow keys nudge it; Enter applies',
    marks(): readonly ToolMark[] {
      const { box } = useCopying.getState();
      if (!isHere() || box === null || box.widthPx === 0) return [];
      const [first, , third] = cornersOf(box);
      if (first === undefined || third === undefined) return [];
      return [
        { kind: 'box', x0ImagePx: first[0], y0ImagePx: first[1], x1ImagePx: third[0], y1ImagePx: third[1], line: 'wanted' },
        ...cornersOf(box).map(([xImagePx, yImagePx]): ToolMark => ({ kind: 'handle', at: { xImagePx, yImagePx }, shape: 'corner', isActive: state.kind === 'scaling' })),
      ];
    },
  };
};
