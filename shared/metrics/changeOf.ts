import { iouOf, type Overlap } from './overlap.ts';

/** What became of the first mask in the second, in pixels, with their intersection over union. */
export interface MaskChangeCounts {
  /** 0..1 */
  readonly iou: number;
  readonly addedPx: number;
  readonly removedPx: number;
  readonly areaA: number;
  readonly areaB: number;
}

export const changeOf = (overlap: Overlap): MaskChangeCounts => ({
  iou: iouOf(overlap),
  addedPx: overlap.secondPx - overlap.bothPx,
  removedPx: overlap.firstPx - overlap.bothPx,
  areaA: overlap.firstPx,
  areaB: overlap.secondPx,
});
