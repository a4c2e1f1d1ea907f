import { ExpectedError } from '../errors/errors.ts';
import { decoderFetches, type DecoderFamily, type FloatTensor } from './decoderFeeds.ts';
import { pointOnPhoto, type ModelFrame } from './modelFrame.ts';
import { logitsSidePx, type Candidate, type PromptPoint } from './prompt.ts';

const logitsCount = logitsSidePx * logitsSidePx;

/**
 * A decoder's outputs ([1, n, 256, 256] logits and [1, n] predicted IoU) as candidates, in the decoder's order. The logits are views of the
 * output's memory.
 * @throws ExpectedError inference_failed when they have not that shape, or hold what is no number
 */
export const readCandidates = (family: DecoderFamily, outputs: readonly FloatTensor[]): readonly Candidate[] => {
  const [masksName, iouName] = decoderFetches(family);
  const masks = outputs.find(({ name }) => name === masksName);
  const ious = outputs.find(({ name }) => name === iouName);
  const count = masks === undefined ? 0 : masks.data.length / logitsCount;
  if (masks === undefined || ious === undefined || masks.dims.at(-1) !== logitsSidePx || masks.dims.at(-2) !== logitsSidePx || !Number.isInteger(count) || count < 1 || ious.data.length !== count) {
    const shapes = outputs.map(({ name, dims }) => `${name} [${dims.join(', ')}]`).join(', ');
    throw new ExpectedError('inference_failed', `The decoder gave ${shapes === '' ? 'nothing' : shapes}, where ${masksName} of 256 x 256 and as many ${iouName} were expected. Check its description.`);
  }
  return Array.from({ length: count }, (_, index): Candidate => {
    const predictedIou = ious.data[index] as number;
    const logits = masks.data.subarray(index * logitsCount, (index + 1) * logitsCount);
    if (Number.isNaN(predictedIou) || Number.isNaN(logits[0])) throw new ExpectedError('inference_failed', 'The decoder gave values that are no numbers. Try another model.');
    return { widthPx: logitsSidePx, heightPx: logitsSidePx, logits, predictedIou };
  });
};

/** How many of the points a candidate agrees with: to keep is inside it, to leave out is not. */
const agreedPoints = ({ logits }: Candidate, frame: ModelFrame, points: readonly PromptPoint[]): number =>
  points.reduce((count, point) => {
    const { xImagePx, yImagePx, label } = pointOnPhoto(point, frame);
    const cell = (imagePx: number, scale: number): number => Math.min(Math.floor(imagePx * scale), logitsSidePx - 1);
    const isInside = (logits[cell(yImagePx, frame.logitsScaleY) * logitsSidePx + cell(xImagePx, frame.logitsScaleX)] as number) > 0;
    return count + (isInside === (label === 1) ? 1 : 0);
  }, 0);

/**
 * Index of the candidate to show first: of those that agree with most of the points the one that the model thinks best.
 * @throws RangeError without candidates
 */
export const firstCandidate = (candidates: readonly Candidate[], frame: ModelFrame, points: readonly PromptPoint[]): number => {
  const agreed = candidates.map((candidate) => agreedPoints(candidate, frame, points));
  const most = Math.max(...agreed);
  return bestCandidate(candidates.map((candidate, index) => (agreed[index] === most ? candidate : { ...candidate, predictedIou: -Infinity })));
};

/** Index of the candidate that the model itself thinks best; the first of equals. @throws RangeError without candidates */
export const bestCandidate = (candidates: readonly Candidate[]): number => {
  if (candidates.length === 0) throw new RangeError('there is no candidate');
  return candidates.reduce((best, { predictedIou }, index) => (predictedIou > (candidates[best] as Candidate).predictedIou ? index : best), 0);
};
