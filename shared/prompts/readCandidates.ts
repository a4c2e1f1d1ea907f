import { ExpectedError } from '../errors/errors.ts';
import { decoderFetches, type DecoderFamily, type FloatTensor } from './decoderFeeds.ts';
import { pointOnPhoto, type ModelFrame } from './modelFrame.ts';
import { logitsSidePx, type Candidate, type PromptPoint } from './prompt.ts';

const logitsCount = logitsSidePx * logitsSidePx;

/**
 * A decoder's outputs ([1, n, 256, 256] logits and [1, n] predicted IoU) as candidates, in the decoder's order. The logits are views of the
 * output's memory.
 * @param apart one that the masks are without
 * @throws ExpectedError inference_failed when they have not that shape, or hold what is no number
 */
export const readCandidates = (family: DecoderFamily, outputs: readonly FloatTensor[], apart: { readonly index: number; readonly logits: Float32Array } | null = null): readonly Candidate[] => {
  const [masksName, iouName] = decoderFetches(family);
  const masks = outputs.find(({ name }) => name === masksName);
  const ious = outputs.find(({ name }) => name === iouName);
  const count = masks === undefined ? 0 : masks.data.length / logitsCount + (apart === null ? 0 : 1);
  if (masks === undefined || ious === undefined || masks.dims.at(-1) !== logitsSidePx || masks.dims.at(-2) !== logitsSidePx || !Number.isInteger(count) || count < 1 || ious.data.length !== count) {
    const shapes = outputs.map(({ name, dims }) => `${name} [${dims.join(', ')}]`).join(', ');
    throw new ExpectedError('inference_failed', `The decoder gave ${shapes === '' ? 'nothing' : shapes}, where ${masksName} of 256 x 256 and as many ${iouName} were expected. Check its description.`);
  }
  return Array.from({ length: count }, (_, index): Candidate => {
    const predictedIou = ious.data[index] as number;
    const place = apart !== null && index > apart.index ? index - 1 : index;
    const logits = index === apart?.index ? apart.logits : masks.data.subarray(place * logitsCount, (place + 1) * logitsCount);
    if (Number.isNaN(predictedIou) || Number.isNaN(logits[0])) throw new ExpectedError('inference_failed', 'The decoder gave values that are no numbers. Try another model.');
    return { widthPx: logitsSidePx, heightPx: logitsSidePx, logits, predictedIou };
  });
};

/** A point on the logits: the cell that it lies in, row-major. */
export interface PointCell {
  readonly cell: number;
  readonly label: 0 | 1;
}

export const pointCells = (frame: ModelFrame, points: readonly PromptPoint[]): PointCell[] =>
  points.map((point) => {
    const { xImagePx, yImagePx, label } = pointOnPhoto(point, frame);
    const cell = (imagePx: number, scale: number): number => Math.min(Math.floor(imagePx * scale), logitsSidePx - 1);
    return { cell: cell(yImagePx, frame.logitsScaleY) * logitsSidePx + cell(xImagePx, frame.logitsScaleX), label };
  });

/** How many of the points a candidate ignores: one to keep is outside it, one to leave out inside. */
const ignoredCells = (logits: Float32Array, cells: readonly PointCell[]): number =>
  cells.reduce((count, { cell, label }) => count + ((logits[cell] as number) > 0 === (label === 1) ? 0 : 1), 0);

/** The same with points on the photo. */
export const ignoredPoints = ({ logits }: Candidate, frame: ModelFrame, points: readonly PromptPoint[]): number => ignoredCells(logits, pointCells(frame, points));

type Judged = Pick<Candidate, 'logits' | 'predictedIou'>;

/** As {@link firstCandidate}, for who has no frame. @throws RangeError without candidates */
export const firstByCells = (candidates: readonly Judged[], cells: readonly PointCell[]): number => {
  const ignored = candidates.map(({ logits }) => ignoredCells(logits, cells));
  const fewest = Math.min(...ignored);
  return bestCandidate(candidates.map(({ predictedIou }, index) => ({ predictedIou: ignored[index] === fewest ? predictedIou : -Infinity })));
};

/**
 * Index of the candidate to show first: of those that agree with most of the points the one that the model thinks best.
 * @throws RangeError without candidates
 */
export const firstCandidate = (candidates: readonly Candidate[], frame: ModelFrame, points: readonly PromptPoint[]): number => firstByCells(candidates, pointCells(frame, points));

/** Index of the candidate that the model itself thinks best; the first of equals. @throws RangeError without candidates */
export const bestCandidate = (candidates: readonly Pick<Candidate, 'predictedIou'>[]): number => {
  if (candidates.length === 0) throw new RangeError('there is no candidate');
  return candidates.reduce((best, { predictedIou }, index) => (predictedIou > (candidates[best]?.predictedIou ?? NaN) ? index : best), 0);
};
