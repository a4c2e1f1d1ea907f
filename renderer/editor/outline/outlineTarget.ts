import type { TileState } from '../../../shared/edits/tileState.ts';
import { differenceRuns } from '../../../shared/mask/differenceRuns.ts';
import { polygonRuns } from '../../../shared/mask/fillPolygon.ts';
import type { Ring } from '../../../shared/mask/ring.ts';
import type { RowRuns } from '../../../shared/mask/rowRuns.ts';
import type { Join } from '../../../shared/prompts/prompt.ts';
import { joinRegion } from '../raster/joinRegion.ts';
import type { MarkPoint } from '../tools/marks.ts';
import { ringOf } from './places.ts';

/** How an outline changes the mask that was there when it was begun. */
export interface OutlineTarget {
  readonly base: TileState;
  maskWith(points: readonly MarkPoint[]): TileState;
}

/** By winding: a hand that crosses its own line means the whole of it. */
const regionOf = (ring: Ring, { grid }: TileState): RowRuns => polygonRuns([ring], grid.widthPx, grid.heightPx, 'nonZero');

/** A new outline: its inside joins the mask. @param joinNow asked at each change: it can be chosen while the outline is edited */
export const joiningTarget = (base: TileState, joinNow: () => Join): OutlineTarget => ({
  base,
  maskWith: (points) => joinRegion(base, regionOf(ringOf(points), base), joinNow()),
});

/**
 * The outer outline of a piece of the mask: what the new one gains is added and what it loses is taken away. Everything else stays, so that holes and
 * what lies in them live on.
 * @param before what the outline enclosed
 */
export const reshapingTarget = (base: TileState, before: RowRuns): OutlineTarget => ({
  base,
  maskWith(points) {
    const after = regionOf(ringOf(points), base);
    return joinRegion(joinRegion(base, differenceRuns(before, after), 'subtract'), differenceRuns(after, before), 'add');
  },
});
