import type { TileJoin } from '../../../shared/edits/joinTiles.ts';
import type { WandSeed } from '../../../shared/picture/wandReach.ts';
import { knownJoin, wandSampleSidesPx, type WandOptions } from '../../stores/toolOptions.ts';
import type { Modifiers } from '../types.ts';
import { LiveWork } from './liveWork.ts';
import type { Tool, ToolFactory, ToolInput, ToolPoint } from './tool.ts';
import { clampTolerance, levelOfTolerance } from './tolerance.ts';

/** Dragging this far, up or to the right, raises the tolerance by one. */
const viewPxPerStep = 4;
/** A hand that clicks is not still. */
const deadViewPx = 3;

interface Drag {
  readonly from: ToolPoint;
  readonly seed: WandSeed;
  readonly join: TileJoin;
  readonly isSmooth: boolean;
  readonly tolerance: number;
}

const joinOf = ({ shift, alt }: Modifiers, { join }: WandOptions): TileJoin => {
  if (shift && alt) return 'intersect';
  if (shift) return 'add';
  if (alt) return 'subtract';
  return knownJoin(join);
};
const joinWords: Readonly<Record<TileJoin, string>> = {
  add: 'adds what has about this colour',
  subtract: 'takes away what has about this colour',
  replace: 'replaces the mask by what has about this colour',
  intersect: 'leaves of the mask what has about this colour',
};

/** Takes what has about the colour under the pointer. Dragging changes the tolerance, live; letting go makes one history item of it. */
export const wand: ToolFactory = (context): Tool => {
  let drag: Drag | null = null;
  /** The asset whose photo has been asked for: at 24 MP it takes a second to come, and the first click should not wait. */
  let warmed: string | null = null;
  const warm = (): void => {
    const { assetKey, raster } = context;
    if (assetKey === null || assetKey === warmed) return;
    warmed = assetKey;
    // Where it can't be had, the click says so: nothing has been asked of the tool yet.
    raster.run('photoPatches', { indices: [] }, { assetKey }).catch(() => {
      if (warmed === assetKey) warmed = null;
    });
  };
  const work = new LiveWork<Drag>(context, async (mask, { seed, join, isSmooth, tolerance }, signal) => {
    const { assetKey, raster } = context;
    if (assetKey === null) return null;
    return raster.run('wand', { mask, seed, join, isSmooth, level: levelOfTolerance(tolerance) }, { assetKey, signal });
  });
  const dragTo = ({ points }: ToolInput): void => {
    const point = points.at(-1);
    if (drag === null || point === undefined) return;
    const right = point.xViewPx - drag.from.xViewPx;
    const up = drag.from.yViewPx - point.yViewPx;
    const way = Math.abs(right) > Math.abs(up) ? right : up;
    const past = Math.sign(way) * Math.max(0, Math.abs(way) - deadViewPx);
    const tolerance = clampTolerance(context.settings.options.wand.tolerance + Math.round(past / viewPxPerStep));
    if (tolerance === drag.tolerance) return;
    drag = { ...drag, tolerance };
    work.update(drag);
    context.refresh();
  };

  const finish = (): void => {
    drag = null;
    work.finish();
  };

  return {
    pointerDown(input) {
      const from = input.points.at(-1);
      const { document } = context;
      if (from === undefined || document === null) return;
      const xPx = Math.floor(from.xImagePx);
      const yPx = Math.floor(from.yImagePx);
      if (xPx < 0 || yPx < 0 || xPx >= document.widthPx || yPx >= document.heightPx) return;
      const options = context.settings.options.wand;
      const sampleSidePx = wandSampleSidesPx.includes(options.sampleSidePx) ? options.sampleSidePx : 3;
      const seed: WandSeed = { xPx, yPx, sampleSidePx, isContiguous: options.isContiguous };
      drag = { from, seed, join: joinOf(input, options), isSmooth: options.isSmooth, tolerance: clampTolerance(options.tolerance) };
      work.begin(drag);
    },
    hover: warm,
    pointerMove: dragTo,
    pointerUp(input) {
      dragTo(input);
      finish();
    },
    finish,
    cancel() {
      drag = null;
      work.cancel();
    },
    cursor: () => ({ kind: work.isPending && drag === null ? 'progress' : 'crosshair' }),
    hint(modifiers) {
      if (drag !== null) return `Tolerance ${drag.tolerance}: drag up or right for more, down or left for less`;
      if (work.isPending) return 'Looking for pixels of this colour; Esc stops';
      const options = context.settings.options.wand;
      const more = modifiers.shift || modifiers.alt ? '' : '; dragging sets the tolerance, Shift adds, Alt takes away';
      return `Wand: a click ${joinWords[joinOf(modifiers, options)]} (tolerance ${Math.round(options.tolerance)})${more}`;
    },
    key: (key) => key === 'Escape' && work.cancel(),
    undo: () => work.cancel(),
  };
};
