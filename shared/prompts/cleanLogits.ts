import { emptyBitmap, type Bitmap } from '../mask/bitmap.ts';
import { labelRuns, type LabelledRuns } from '../mask/components.ts';
import { pointOnPhoto, type ModelFrame } from './modelFrame.ts';
import { logitsSidePx, type PromptPoint } from './prompt.ts';

/** What is cleaned of a decoder's answer. */
export interface Cleaning {
  /** Of the 256 x 256 logits: islands and holes of fewer cells go. 0 and 1: none. */
  readonly cells: number;
  /** What the answer was asked with: an island that was clicked to keep stays however small, and a hole that was clicked to leave out. */
  readonly points: readonly PromptPoint[];
}

/** Of whoever does not say otherwise: nine of ten specks go, thin parts stay (docs/prompts.md). */
export const usualCleanCells = 16;
/** A limit for what comes from outside. */
export const mostCleanCells = 1000;

/** The photo's part of the grid; what a padded square has beside it says nothing. */
const insideOf = (logits: Float32Array, { imageWidthPx, imageHeightPx, logitsScaleX, logitsScaleY }: ModelFrame): Bitmap => {
  const side = (imagePx: number, scale: number): number => Math.min(logitsSidePx, Math.max(1, Math.ceil(imagePx * scale - 1e-6)));
  const inside = emptyBitmap(side(imageWidthPx, logitsScaleX), side(imageHeightPx, logitsScaleY));
  for (let y = 0, at = 0; y < inside.heightPx; y++) {
    for (let x = 0, cell = y * logitsSidePx; x < inside.widthPx; x++, cell++, at++) if ((logits[cell] as number) > 0) inside.data[at] = 255;
  }
  return inside;
};

/** The piece at a cell; 0: none. */
const labelAt = ({ rowStarts, starts, ends, labels }: LabelledRuns, x: number, y: number): number => {
  for (let run = rowStarts[y] as number; run < (rowStarts[y + 1] as number); run++) if ((starts[run] as number) <= x && x < (ends[run] as number)) return labels[run] as number;
  return 0;
};

/** Turns the sign of chosen pieces' logits: as sure as they were, of the other side. @returns whether any was chosen */
const turn = (logits: Float32Array, { rowStarts, starts, ends, labels }: LabelledRuns, isChosen: readonly boolean[]): boolean => {
  if (!isChosen.includes(true)) return false;
  for (let y = 0; y + 1 < rowStarts.length; y++) {
    for (let run = rowStarts[y] as number; run < (rowStarts[y + 1] as number); run++) {
      if (isChosen[labels[run] as number] !== true) continue;
      for (let cell = y * logitsSidePx + (starts[run] as number), end = y * logitsSidePx + (ends[run] as number); cell < end; cell++) {
        const logit = logits[cell] as number;
        logits[cell] = logit > 0 ? -logit : Math.max(-logit, Number.MIN_VALUE);
      }
    }
  }
  return true;
};

const clickedLabels = (pieces: LabelledRuns, { widthPx, heightPx }: Bitmap, frame: ModelFrame, points: readonly PromptPoint[], label: 0 | 1): readonly number[] =>
  points
    .filter((point) => point.label === label)
    .map((point) => {
      const { xImagePx, yImagePx } = pointOnPhoto(point, frame);
      return labelAt(pieces, Math.min(widthPx - 1, Math.floor(xImagePx * frame.logitsScaleX)), Math.min(heightPx - 1, Math.floor(yImagePx * frame.logitsScaleY)));
    });

/** @returns whether there was one */
const fillHoles = (logits: Float32Array, frame: ModelFrame, { cells, points }: Cleaning): boolean => {
  const inside = insideOf(logits, frame);
  const pieces = labelRuns(inside, 4, 'outside');
  const isChosen = [false];
  for (const { label, areaPx, box } of pieces.components) {
    isChosen[label] = areaPx < cells && box.xPx > 0 && box.yPx > 0 && box.xPx + box.widthPx < inside.widthPx && box.yPx + box.heightPx < inside.heightPx;
  }
  for (const label of clickedLabels(pieces, inside, frame, points, 0)) isChosen[label] = false;
  return turn(logits, pieces, isChosen);
};

/** @returns whether there was one */
const dropIslands = (logits: Float32Array, frame: ModelFrame, { cells, points }: Cleaning): boolean => {
  const inside = insideOf(logits, frame);
  const pieces = labelRuns(inside, 8, 'inside');
  const most = pieces.components.reduce((largest, { areaPx }) => Math.max(largest, areaPx), 0);
  const isChosen = [false];
  for (const { label, areaPx } of pieces.components) isChosen[label] = areaPx < cells && areaPx < most;
  for (const label of clickedLabels(pieces, inside, frame, points, 1)) isChosen[label] = false;
  return turn(logits, pieces, isChosen);
};

/**
 * A decoder's answer without specks: where a texture keeps the logits near 0, single cells fall on the other side, and each becomes a hole or an island of
 * a few pixels. Islands hang together at corners too, holes along edges, as everywhere in shared/mask; holes do not reach the photo's border. The largest
 * islands stay, so that an answer never becomes nothing. What is left keeps its logits, and so its line between the cells. The same is done by SAM 2's own
 * predictors (max_hole_area, max_sprinkle_area). About a millisecond.
 * @param logits 256 x 256, above 0 is mask; not changed
 * @returns the same object where there is nothing to clean
 */
export const cleanLogits = (logits: Float32Array, frame: ModelFrame, { cells, points }: Cleaning): Float32Array => {
  if (cells <= 1) return logits;
  const cleaned = logits.slice();
  // Holes first: what lies in one goes with it, instead of becoming a hole where the hole was.
  const hasFilled = fillHoles(cleaned, frame, { cells, points });
  const hasDropped = dropIslands(cleaned, frame, { cells, points });
  return hasFilled || hasDropped ? cleaned : logits;
};
