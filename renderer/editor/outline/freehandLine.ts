import { simplifyLine } from '../../../shared/mask/simplifyLine.ts';
import type { MarkPoint } from '../tools/marks.ts';
import { distancePx, pointsOf, ringOf } from './places.ts';

/** A hand that moves less than this has clicked; viewPx. */
export const dragStartViewPx = 4;
/** Places of a freehand line are at least this far apart; viewPx. */
const spacingViewPx = 1.5;
/** A line drawn by hand keeps to its way by this much; viewPx. */
const toleranceViewPx = 0.8;

/** The points of a line by hand, as they come. */
export class FreehandLine {
  readonly points: MarkPoint[];

  constructor(from: MarkPoint) {
    this.points = [{ xImagePx: from.xImagePx, yImagePx: from.yImagePx }];
  }

  /** @param scale viewPx per imagePx */
  add(places: readonly MarkPoint[], scale: number): void {
    for (const { xImagePx, yImagePx } of places) {
      const place = { xImagePx, yImagePx };
      if (distancePx(this.points.at(-1) ?? place, place) * scale >= spacingViewPx) this.points.push(place);
    }
  }
}

/** With fewer points: what a person can't see at this zoom goes. @param scale viewPx per imagePx */
export const simplifiedLine = (points: readonly MarkPoint[], scale: number): readonly MarkPoint[] => pointsOf(simplifyLine(ringOf(points), toleranceViewPx / scale));
