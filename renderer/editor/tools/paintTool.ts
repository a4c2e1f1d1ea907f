import { mostSnapRadiusPx } from '../../stores/toolOptions.ts';
import type { PaintTip, ToolSettings } from '../../stores/toolSettings.ts';
import { blendSpans, softProfile } from '../raster/blendSpans.ts';
import { capsuleSpans, type Dab } from '../raster/capsuleSpans.ts';
import { fillSpans } from '../raster/fillSpans.ts';
import { discSpacingPx, snapSweep } from '../raster/snapSweep.ts';
import { createSpans } from '../raster/spans.ts';
import type { Transaction } from '../transaction.ts';
import type { Modifiers } from '../types.ts';
import { photoWindowOf } from './photoWindow.ts';
import { levelOfTolerance } from './tolerance.ts';
import type { Tool, ToolContext, ToolInput, ToolPoint } from './tool.ts';

/** A pen that barely touches still paints with this share of the size. */
const leastPressureShare = 0.1;
/** Soft brushes repaint their whole disc at each place; closer places than this share of the radius can't be told apart. Hard ones take every place. */
const softSpacingShare = 0.05;
/** One that snaps follows the picture anew at each place. */
const snapSpacingShare = 0.1;
/** In radii: what an event may bring before the discs of a brush that snaps are set farther apart. */
const longWayRadii = 2;
/** The photo's colours are fetched this far ahead of the brush's rim, in viewPx; some hundred ms of a quick hand. */
const aheadViewPx = 300;

/** `wayPx`: the length of everything that is painted in the same go. */
type Sweep = (from: Dab, to: Dab, wayPx?: number) => void;
type State = { readonly kind: 'idle' } | { readonly kind: 'painting'; readonly sweep: Sweep; readonly spacingShare: number; readonly snaps: boolean; last: Dab };

const idle: State = { kind: 'idle' };
const spans = createSpans();

const hardSweep =
  (transaction: Transaction, value: number): Sweep =>
  (from, to) => {
    capsuleSpans(spans, from, to, transaction.grid.widthPx, transaction.grid.heightPx);
    fillSpans(transaction, spans, value);
  };

const softSweep = (transaction: Transaction, hardness: number, erases: boolean): Sweep => {
  const profile = softProfile(hardness);
  return (from, to) => {
    capsuleSpans(spans, from, to, transaction.grid.widthPx, transaction.grid.heightPx);
    blendSpans(transaction, spans, from, to, profile, erases);
  };
};

const dabAt = (point: ToolPoint, { pressureSetsSize }: ToolSettings, { sizePx }: PaintTip, isPen: boolean): Dab => {
  const share = isPen && pressureSetsSize ? Math.max(leastPressureShare, point.pressure) : 1;
  return { xImagePx: point.xImagePx, yImagePx: point.yImagePx, radiusPx: (sizePx * share) / 2 };
};

/** Of the way from a place through all of the points. */
const lengthPx = (from: { readonly xImagePx: number; readonly yImagePx: number }, points: readonly ToolPoint[]): number => {
  let [last, length] = [from, 0];
  for (const point of points) {
    length += Math.hypot(point.xImagePx - last.xImagePx, point.yImagePx - last.yImagePx);
    last = point;
  }
  return length;
};

/**
 * Brush and eraser: idle until the pointer goes down, then painting until it goes up. Alt swaps the two for a stroke; Shift begins with a
 * straight line from where the last stroke ended. The path between two places is swept whole, so that fast strokes have no gaps.
 */
export const createPaintTool = (context: ToolContext, tool: { readonly erases: boolean }): Tool => {
  let state: State = idle;
  let lastPlace: ToolPoint | null = null;
  const tip = (): PaintTip => context.settings.tips[tool.erases ? 'eraser' : 'brush'];
  const erasesNow = (modifiers: Modifiers): boolean => tool.erases !== modifiers.alt;

  const isSnapping = (): boolean => context.settings.options.snap.snapsToEdges && tip().sizePx / 2 <= mostSnapRadiusPx;
  /** Where the pointer is the brush will be in a moment: what it will ask for is on its way. */
  const lookAhead = ({ points }: ToolInput): void => {
    const point = points.at(-1);
    if (point === undefined || !isSnapping()) return;
    lastPlace = point;
    photoWindowOf(context).wantAround(point.xImagePx, point.yImagePx, tip().sizePx / 2 + aheadViewPx / context.scale);
  };

  const paintAlong = (points: readonly ToolPoint[], isPen: boolean): void => {
    if (state.kind !== 'painting') return;
    // One event may bring many places: what it costs is bounded by its whole way.
    const wayPx = state.snaps ? lengthPx(state.last, points) : 0;
    for (const point of points) {
      const dab = dabAt(point, context.settings, tip(), isPen);
      const distance = Math.hypot(dab.xImagePx - state.last.xImagePx, dab.yImagePx - state.last.yImagePx);
      if (distance < state.spacingShare * dab.radiusPx) continue;
      if (distance === 0 && dab.radiusPx <= state.last.radiusPx) continue;
      // In a flick places nearer than the discs are apart wait for the next one, or the end.
      if (state.snaps && wayPx > longWayRadii * dab.radiusPx && distance < discSpacingPx(wayPx, dab.radiusPx)) continue;
      state.sweep(state.last, dab, wayPx);
      state.last = dab;
    }
  };

  return {
    pointerDown(input) {
      const first = input.points[0];
      if (first === undefined) return;
      const { settings, lastPoint } = context;
      const transaction = context.begin();
      const erases = erasesNow(input);
      const { sizePx, hardness } = tip();
      const isSoft = hardness < 1 && sizePx > 2;
      const value = erases ? 0 : 255;
      const plain = isSoft ? softSweep(transaction, hardness, erases) : hardSweep(transaction, value);
      const snaps = isSnapping();
      const photo = photoWindowOf(context);
      const sweep = snaps ? snapSweep({ transaction, value, level: levelOfTolerance(settings.options.snap.tolerance), read: (rect) => photo.read(rect), plain }) : plain;
      lookAhead(input);
      const dab = dabAt(first, settings, tip(), input.isPen);
      sweep(input.shift && lastPoint !== null ? { ...lastPoint, radiusPx: dab.radiusPx } : dab, dab);
      state = { kind: 'painting', sweep, snaps, spacingShare: snaps ? snapSpacingShare : isSoft ? softSpacingShare : 0, last: dab };
      paintAlong(input.points.slice(1), input.isPen);
    },
    pointerMove(input) {
      lookAhead(input);
      paintAlong(input.points, input.isPen);
    },
    hover: lookAhead,
    pointerUp(input) {
      if (state.kind !== 'painting') return;
      // A pen reports no pressure as it leaves: the last stretch keeps the size that it had.
      const { last } = state;
      const end = input.points.at(-1);
      if (end !== undefined && (end.xImagePx !== last.xImagePx || end.yImagePx !== last.yImagePx)) {
        state.sweep(last, { xImagePx: end.xImagePx, yImagePx: end.yImagePx, radiusPx: last.radiusPx });
      }
      context.lastPoint = end ?? last;
      state = idle;
    },
    cancel() {
      state = idle;
    },
    hint(modifiers) {
      if (modifiers.shift && context.lastPoint !== null) return `A click draws a straight line from the end of the last stroke${erasesNow(modifiers) ? ', taking away' : ''}`;
      if (modifiers.alt) return erasesNow(modifiers) ? 'Drag to take away' : 'Drag to add';
      if (isSnapping() && lastPlace !== null && !photoWindowOf(context).isKnownAround(lastPlace.xImagePx, lastPlace.yImagePx, tip().sizePx / 2)) return `${tool.erases ? 'Eraser' : 'Brush'}: the photo is being read; edges do not stop it yet`;
      if (isSnapping()) return tool.erases ? 'Eraser, stops at edges: keep its middle on what is to go, Alt-drag to add' : 'Brush, stops at edges: keep its middle on the product, Alt-drag to erase';
      return tool.erases ? 'Eraser: drag to take away, Alt-drag to add, Shift for a straight line' : 'Brush: drag to add, Alt-drag to erase, Shift for a straight line';
    },
    cursor: (modifiers) => ({ kind: 'ring', radiusImagePx: tip().sizePx / 2, erases: erasesNow(modifiers) }),
  };
};
